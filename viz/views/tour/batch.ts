import type {Time} from '../../../sim/engine/time.ts'
import type {ActorId} from '../../../sim/net/events.ts'
import type {Entry, Ledger} from '../../../sim/trace/ledger.ts'
import type {Told} from './moments.ts'

/**
 * What the first batch of a release does to its hosts, in the order in which it may happen: when the first of them did it,
 * for all do the same. What does not happen has no time.
 */
export interface BatchStory {
  readonly tier: string
  readonly hosts: number
  readonly at: Time
  /** A host of the L4 balancer gets no more flows; it forwards them again. */
  withdrawn?: Time
  announced?: Time
  /** Nobody sends them new work. */
  left?: Time
  /** Old processes hand their listening sockets to fresh ones. */
  passed?: Time
  /** Old processes close theirs. */
  closed?: Time
  /** Whether the fresh process of the host was listening then. */
  besides?: boolean
  drained?: Time
  /** The first and the last old process is no more. */
  gone?: Time
  allGone?: Time
  /** A fresh process listens. */
  listens?: Time
  /** A fresh process is no more, and nothing came of it. */
  gaveUp?: Time
}

/** The first batch of each tier that is released, in the order in which they begin. */
export function firstBatches({recording, ledger}: Told): BatchStory[] {
  const told = new Map<string, BatchStory>()
  for (const i of eventsOf(ledger, 'batch')) {
    const event = ledger.event(i)
    if (event.kind === 'batch' && !told.has(event.tier)) told.set(event.tier, storyOf(recording, ledger, i, event))
  }
  return [...told.values()]
}

/** Whether every release that began came to its end. */
export function isOver({ledger}: Pick<Told, 'ledger'>): boolean {
  const states = [...eventsOf(ledger, 'release')].map(i => ledger.event(i) as Of<'release'>)
  return 2 * states.filter(({state}) => state === 'finished').length === states.length
}

function* eventsOf(ledger: Ledger, kind: Entry['kind']): Iterable<number> {
  for (let i = 0; i < ledger.length; i++) if (ledger.kind(i) === kind) yield i
}

type Actors = Told['recording']

function storyOf({actors}: Actors, ledger: Ledger, begin: number, batch: Entry & {kind: 'batch'}): BatchStory {
  const story: BatchStory = {tier: batch.tier, hosts: batch.hosts.length, at: batch.at}
  const hosts = new Set(batch.hosts)
  const old = aliveBefore(ledger, begin)
  const isOf = (process: ActorId) => hosts.has(actors[process]!.of!)
  const left = new Set([...old].filter(isOf))
  const listening = new Set<ActorId>()
  for (let i = begin + 1; i < ledger.length; i++) {
    const event = ledger.event(i)
    if ((event.kind === 'batch' && event.tier === batch.tier) || isEnd(event, batch.tier)) break
    if (event.kind === 'process' && isOf(event.process)) processTells(story, event, old, left)
    else if (event.kind === 'listen' && isOf(event.process)) {
      const beside = [...listening].some(it => actors[it]!.of === actors[event.process]!.of)
      listenTells(story, event, old, beside)
      if (event.on) listening.add(event.process)
    } else if (event.kind === 'sockets' && isOf(event.from)) {
      story.passed ??= event.at
      story.listens ??= event.at
    } else if (event.kind === 'rotation' && hosts.has(event.host) && event.share === 0) story.left ??= event.at
    else if (event.kind === 'forwarding' && hosts.has(event.balancer)) forwardingTells(story, event)
  }
  return story
}

const isEnd = (event: Entry, tier: string) =>
  event.kind === 'release' && event.tier === tier && event.state === 'finished'

function aliveBefore(ledger: Ledger, index: number): Set<ActorId> {
  const alive = new Set<ActorId>()
  for (let i = 0; i < index; i++) {
    const event = ledger.kind(i) === 'process' ? ledger.event(i) : undefined
    if (event?.kind !== 'process') continue
    if (event.state === 'gone') alive.delete(event.process)
    else alive.add(event.process)
  }
  return alive
}

type Of<K extends Entry['kind']> = Entry & {kind: K}

/** `left` are those of the old that are still there. */
function processTells(story: BatchStory, event: Of<'process'>, old: Set<ActorId>, left: Set<ActorId>): void {
  const {at, process, state} = event
  if (!old.has(process)) {
    if (state === 'gone') story.gaveUp ??= at
    return
  }
  if (state === 'draining') story.drained ??= at
  if (state !== 'gone') return
  story.gone ??= at
  left.delete(process)
  if (left.size === 0) story.allGone ??= at
}

function listenTells(story: BatchStory, {at, process, on}: Of<'listen'>, old: Set<ActorId>, beside: boolean): void {
  if (on && !old.has(process)) story.listens ??= at
  if (on || !old.has(process) || story.closed !== undefined) return
  story.closed = at
  story.besides = beside
}

function forwardingTells(story: BatchStory, {at, announced, forwards}: Of<'forwarding'>): void {
  if (!announced) story.withdrawn ??= at
  else if (forwards && story.withdrawn !== undefined) story.announced ??= at
}
