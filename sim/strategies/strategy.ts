import {type Condition, type Script, sleep, together, until} from '../engine/script.ts'
import type {Duration} from '../engine/time.ts'
import {atOnce, type ClosingLaw} from '../net/host/drain.ts'
import type {Fleet} from '../net/host/fleet.ts'
import type {Host} from '../net/host/host.ts'
import type {Process} from '../net/host/process.ts'
import type {TierOptions} from '../net/options.ts'
import {kindOf, type TierKind} from '../net/tier-kind.ts'
import {batch, choice, duration, flag, type Options, type Values} from './option.ts'

export type {TierKind}

/**
 * A way to put a new version in the place of a running one: a script in simulated time, over the fleet of one tier.
 * It only says when; what that does to connections is for the network to find out.
 */
export interface Strategy<O extends Options = Options> {
  /** What scenario files and the command line call it. */
  readonly name: string
  /** One sentence, shown wherever it can be chosen. */
  readonly summary: string
  /** The kinds of tier that it can release. */
  readonly suits: readonly TierKind[]
  /** What such a tier must have besides: a database that its requests use, or proxies that pass requests on to it. */
  readonly needs?: 'database' | 'proxies'
  /** The defaults, and so the schema: a scenario may set these and nothing else. */
  readonly options: O
  /** Of an L4 balancer it is given the fleet that stands behind. */
  release(this: void, fleet: Fleet, options: Values<O>): Script
}

/** A strategy, with its options' types worked out. */
export function strategy<const O extends Options>(it: Strategy<O>): Strategy<O> {
  return it
}

/** Whether a strategy can release what goes by a name. */
export function canRelease(
  {suits, needs}: Pick<Strategy, 'suits' | 'needs'>,
  place: string,
  tiers: Readonly<Record<string, TierOptions>>,
): boolean {
  if (!suits.includes(kindOf(place, tiers))) return false
  if (needs === 'database') return tiers[place]?.database !== undefined
  return needs === undefined || Object.values(tiers).some(({upstream = []}) => upstream.some(({to}) => to === place))
}

/** How a fleet is worked through, the same for every strategy that restarts its hosts in batches. */
export const batches = {
  batch: batch(0.2, 'hosts restarted at a time: a fraction of the fleet, or a number of hosts'),
  pause: duration(0, 'time between the end of one batch and the start of the next'),
  gate: flag(true, 'whether a batch ends only when its hosts are back in rotation'),
  canary: flag(false, 'whether the release stops after its first batch'),
  rollback: flag(false, 'whether a canary gets the old version back, by the same way, after `pause`'),
  order: choice('given', ['given', 'random'], 'which hosts come first'),
} as const

/**
 * Lifts the restart of one host to the release of a fleet, some hosts at a time. Once the fleet is halted no batch begins,
 * and a rollback is one; that under way is finished, gate and all.
 */
export const inBatches = <O extends typeof batches>(
  restart: (host: Host, options: Values<O>, fleet: Fleet) => Script,
) =>
  function* (fleet: Fleet, options: Values<O>): Script {
    const {halted} = fleet
    const hosts = fleet.inOrder(options.order as 'given' | 'random')
    const work = function* (batch: readonly Host[]): Script {
      const now = batch.filter(host => !host.removed)
      fleet.announce(now)
      yield* together(now.map(host => host.attended(restart(host, options, fleet))))
      if (options.gate) yield* together(now.map(host => until(host.returned)))
    }
    yield* workThrough({hosts, halted}, options, work)
    if (!options.canary || !options.rollback || (yield* until(halted, {within: options.pause}))) return
    fleet.version--
    yield* workThrough({hosts, halted}, options, work)
  }

/** Does something with a batch of hosts at a time, of whatever sort they are, until somebody halts it. */
export function* workThrough<H>(
  {hosts, halted}: {readonly hosts: readonly H[]; readonly halted: Condition},
  {batch: size, pause, canary}: Pick<Values<typeof batches>, 'batch' | 'pause' | 'canary'>,
  work: (batch: readonly H[]) => Script,
): Script {
  const step = batchSize(size, hosts.length)
  for (let first = 0; first < hosts.length; first += step) {
    if (first > 0 && (yield* until(halted, {within: pause}))) return
    yield* work(hosts.slice(first, first + step))
    if (canary) return
  }
}

/** How a process drains: how it closes connections, and whether it may end as soon as it holds none. */
interface Manner {
  readonly law?: ClosingLaw
  readonly early?: boolean
  /** Whether proxies before it answer what is left in its place (504), and not the kernel. */
  readonly answered?: boolean
}

/** Lets a process finish what it has, for at most `limit`, ends it, and waits until it has gone. */
export function* drainThenKill(
  old: Process,
  limit: Duration,
  {law = atOnce, early = true, answered = false}: Manner = {},
): Script {
  old.drain(law)
  if (early) yield* until(old.idle, {within: limit})
  else yield* sleep(limit)
  old.kill({answered})
  yield* until(old.exited)
}

/** Below 1 it is a fraction, which is rounded up; the little less forgives 0.07 × 100 = 7.000000000000001. */
export function batchSize(size: number, hosts: number): number {
  return Math.min(hosts, Math.max(1, Math.ceil(size < 1 ? size * hosts - 1e-9 : size)))
}
