import type {Time} from '../../../sim/engine/time.ts'
import {many, spanText} from '../../draw/words.ts'
import type {BatchStory} from './batch.ts'
import {sentences} from './steps.ts'

/**
 * What becomes of the sockets and processes of a batch, in one to three sentences; at an instant as `clock` tells it. A
 * server is asked by proxies, and has no accept queue of its own.
 */
export function batchInWords(story: BatchStory, clock: (time: Time) => string, isServer = false): string {
  const {withdrawn, announced, passed, closed, gone, gaveUp} = story
  const old = story.hosts === 1 ? 'the old process' : 'each old process'
  if (withdrawn !== undefined) return balancerInWords(withdrawn, announced, clock)
  if (passed !== undefined)
    return sentences(
      `${since(story, passed)} ${old} passes its listening sockets to the new one: none is closed, and nobody is refused.`,
      rest(story, clock),
    )
  if (closed !== undefined) return sentences(closing(story, closed, old, isServer), rest(story, clock))
  if (gone !== undefined) return `${upper(old)} is killed with all that it holds. ${silence(story, gone)}`
  if (gaveUp !== undefined)
    return `${since(story, gaveUp)} the new process ends without having taken over, and the old one goes on.`
  return ''
}

const since = ({at}: BatchStory, time: Time) => (time - at < 1 ? 'At once' : `${spanText(time - at)} later`)
const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function balancerInWords(withdrawn: Time, announced: Time | undefined, clock: (time: Time) => string): string {
  const back = announced === undefined ? '' : ` At ${clock(announced)} it is back, with an empty connection table.`
  return `From ${clock(withdrawn)} on the routers send it no flows: others take them, and look them up in their tables and the ring.${back}`
}

/** A listening socket that is closed: what it means hangs on who listens beside it, and who still sends work there. */
function closing(story: BatchStory, closed: Time, old: string, isServer: boolean): string {
  const {hosts, besides, left, listens} = story
  if (besides)
    return `${since(story, closed)} the new process listens on the same port, and the old one closes its socket${isServer ? '' : ': whoever is in its accept queue then is reset'}.`
  if (left !== undefined && left <= closed)
    return `${since(story, left)} ${hosts === 1 ? 'the host' : 'each host'} is out of rotation, so that no new work comes; then ${old} closes its listening socket.`
  const until = listens === undefined ? '' : ` until the new one listens, ${spanText(listens - closed)} after that`
  return `${upper(old)} stops listening while work is still sent to it; nobody accepts that${until}.`
}

/** How long the old processes stay. */
function rest({drained, gone, allGone}: BatchStory, clock: (time: Time) => string): string {
  if (gone === undefined) return 'It goes on with what it has.'
  if (drained === undefined) return 'The old one ends with all that it still holds.'
  if ((allGone ?? gone) - drained < 1000) return ''
  const [first, last] = endOfDrain({gone, allGone}, clock)
  return first === last
    ? `What it still holds has until ${last} to end.`
    : `What each still holds has until its process ends, from ${first} to ${last}.`
}

/** When the first and the last old process end. */
export const endOfDrain = (
  {gone, allGone}: {readonly gone: Time; readonly allGone: Time | undefined},
  clock: (time: Time) => string,
): readonly [first: string, last: string] => [clock(gone), clock(allGone ?? gone)]

function silence({listens}: BatchStory, gone: Time): string {
  if (listens === undefined) return 'Nobody listens in its place.'
  return `Nobody listens there until the new one does, ${spanText(listens - gone)} later.`
}

/** `4 of 20 hosts of edge`, `all 4 hosts of edge`, `the one host of proxy`; of balancers `1 host of edge/l4`. */
export function hostsInWords({hosts, tier}: BatchStory, all = 0): string {
  if (all === 1) return `the one host of ${tier}`
  if (all === hosts) return `all ${many(all, 'host')} of ${tier}`
  return all < hosts ? `${many(hosts, 'host')} of ${tier}` : `${hosts} of ${many(all, 'host')} of ${tier}`
}
