import {are, type Case, entryHosts, type Finding, hostsBehind, known, namesOf, oneOf, placesOf, tier} from './case.ts'
import {closedBy, drainings, endings, heirOf} from './endings.ts'
import {hangs, hostsOf, isDeaf, nobodyAnswers, now, silence, troubles} from './silence.ts'

export function queueCloses(it: Case): Finding {
  const {annals, at} = it
  const hosts = entryHosts(it)
  const closed = hosts.flatMap(
    host => annals.last(host, 'listen', at, event => !event.on && event.at === at)?.process ?? [],
  )
  if (closed.length > 0) {
    const what = `${namesOf(it, closed)} ${are(closed, 'closes its', 'close their')} listening ${are(closed, 'socket', 'sockets')} with connections still in the accept queue`
    return {steps: [{at, text: what}], places: placesOf(it, closed)}
  }
  const deaf = troubles(it, hosts, isDeaf, now(it))
  const last = Math.max(...deaf.map(({spell}) => spell.from))
  const found = hostsOf(deaf.filter(({spell}) => spell.from === last))
  return {steps: endings(it, closedBy(it, found)), places: found}
}

export function processEnds(it: Case): Finding {
  return {steps: [...heirOf(it), ...endings(it, known(it))], places: placesOf(it, known(it))}
}

export function processDrains(it: Case): Finding {
  const {annals, process, at} = it
  const own = annals.since(process, 'draining', at) ?? annals.since(process, 'gone', at)
  if (own === undefined) return anotherDrains(it)
  return {steps: [...heirOf(it), ...drainings(it, known(it))], places: placesOf(it, known(it))}
}

export function idleTooLong(it: Case): Finding {
  const name = namesOf(it, known(it))
  return {steps: [{at: it.at, text: `${name} closes it, idle for as long as it keeps idle connections`}], places: []}
}

export function tooOld(it: Case): Finding {
  return {steps: [{at: it.at, text: `${namesOf(it, known(it))} ends it, for it is too old`}], places: []}
}

/** A process behind the one that has the connection was killed in that instant. */
export function anotherEnds(it: Case): Finding {
  const own = tier(it, it.process)
  const gone = it.annals.goneAt(it.at).filter(process => tier(it, process) !== own)
  if (gone.length === 0) return nobodyAnswers(it)
  return {steps: endings(it, gone), places: placesOf(it, gone), note: oneOf(it, gone)}
}

/** Those behind it that are on their way out. */
export function anotherDrains(it: Case): Finding {
  const leaving = hostsBehind(it).flatMap(host => {
    const {processes = []} = it.annals.state(host, it.at) ?? {}
    return processes.filter(({state}) => state === 'draining').map(({actor}) => actor)
  })
  return leaving.length === 0
    ? anotherEndsOr(it)
    : {steps: drainings(it, leaving), places: placesOf(it, leaving), note: oneOf(it, leaving)}
}

function anotherEndsOr(it: Case): Finding {
  return it.annals.goneAt(it.at).length > 0 ? anotherEnds(it) : nobodyAnswers(it)
}

/** Nobody answered its packets: what became of the process that has it, and who has its sockets. */
export function nobodyReads(it: Case): Finding {
  const {note: _, ...finding} = anotherReads(it)
  return finding
}

/** Packets that find the wrong process on the right host. */
export function anotherReads(it: Case): Finding {
  const {annals, recording, process, at} = it
  const [host] = placesOf(it, known(it))
  if (host === undefined) return nobodyAnswers(it)
  const reader = annals.state(host, at)?.processes.findLast(({actor}) => actor !== process)
  if (reader === undefined) {
    const found = troubles(it, [host], hangs, {from: it.began, to: at})
    return found.length > 0 ? silence(it, found) : {...processEnds(it), note: `on ${recording.actors[host]!.name}`}
  }
  const came = annals.since(reader.actor, 'booting', at)
  const steps = came === undefined ? [] : [{at: came, text: `${reader.name} boots beside it`}]
  return {
    steps: [...steps, ...heirOf(it), ...endings(it, [process])],
    places: [host],
    note: `read by ${reader.name}`,
  }
}
