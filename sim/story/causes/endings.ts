import type {Time} from '../../engine/time.ts'
import type {ActorId, ProcessState} from '../../net/events.ts'
import type {Step} from '../account.ts'
import {sentenceOf} from '../sentences.ts'
import {are, type Case, namesOf, placesOf, text} from './case.ts'

/** The processes that listened last on these hosts. */
export const closedBy = ({annals, at}: Case, hosts: readonly ActorId[]): ActorId[] =>
  hosts.flatMap(
    host => annals.last(host, 'process', at, ({state}) => state === 'draining' || state === 'gone')?.process ?? [],
  )

/** When these processes began to drain, the first of them, and when they were gone: by a kill, or with their host's power. */
export function endings(it: Case, processes: readonly ActorId[]): Step[] {
  const [drains, gone] = [firstSince(it, processes, 'draining'), firstSince(it, processes, 'gone')]
  const names = namesOf(it, processes)
  const after =
    drains === undefined || gone === undefined || gone === drains ? '' : ` after a drain of ${text(gone - drains)}`
  const how = `${are(processes, 'is', 'are')} killed${after}`
  return [
    ...drainings(it, processes),
    ...(gone === undefined
      ? []
      : [
          {
            at: gone,
            text: `${names} ${lostPower(it, processes, gone) ? `${are(processes, 'is', 'are')} gone with the power` : how}`,
          },
        ]),
  ]
}

/** When these processes began to drain, the first of them. */
export function drainings(it: Case, processes: readonly ActorId[]): Step[] {
  const at = firstSince(it, processes, 'draining')
  if (at === undefined) return []
  return [{at, text: `${namesOf(it, processes)} ${are(processes, 'begins', 'begin')} to drain`}]
}

function firstSince({annals, at}: Case, processes: readonly ActorId[], state: ProcessState): Time | undefined {
  const times = processes.flatMap(process => annals.since(process, state, at) ?? [])
  return times.length === 0 ? undefined : Math.min(...times)
}

const lostPower = (it: Case, processes: readonly ActorId[], at: Time): boolean =>
  placesOf(it, processes).some(place => it.annals.last(place, 'power', at, event => !event.on && event.at === at))

/** Who got the listening sockets, if somebody did: new connections go there. */
export function heirOf({annals, recording, process, at}: Case): Step[] {
  const place = annals.placeOf(process)
  const passed = place === undefined ? undefined : annals.last(place, 'sockets', at, ({from}) => from === process)
  return passed === undefined ? [] : [{at: passed.at, text: sentenceOf(passed, recording)}]
}
