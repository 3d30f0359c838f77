import fc from 'fast-check'
import type {Distribution} from '../sim/engine/distributions.ts'
import * as laws from '../sim/engine/distributions.ts'
import {type Duration, micros, millis, minutes, seconds} from '../sim/engine/time.ts'
import type {
  BackoffOptions,
  FaultOptions,
  Http2Options,
  L4lbOptions,
  LinkOptions,
  ProbeOptions,
  RateCurve,
  RetryOptions,
  TierOptions,
  UpstreamOptions,
  WorkloadOptions,
} from '../sim/net/options.ts'
import type {OptionValue, ReleasePlan, Scenario} from '../sim/scenario/scenario.ts'
import {strategies} from '../sim/strategies/index.ts'
import type {Option} from '../sim/strategies/option.ts'
import {http, scenario} from './harness.ts'

/** Which troubles a random scenario may have; a law that holds only without one says so by leaving it out. */
export interface Troubles {
  readonly faults: 'none' | 'that-pass' | 'any'
  /** Drains that never end, and hosts that nobody can bring back. */
  readonly forEver: boolean
  readonly traffic: boolean
}

const anything: Troubles = {faults: 'any', forEver: true, traffic: true}

/** Any scenario that a file may describe, small enough to be run in some milliseconds. */
export function scenarios(troubles: Partial<Troubles> = {}): fc.Arbitrary<Scenario> {
  const all = {...anything, ...troubles}
  return topology().chain(tiers =>
    fc
      .record({
        traffic: fc.array(workload(Object.keys(tiers)), {maxLength: all.traffic ? 4 : 0}),
        faults: fc.array(fault(tiers, all.faults), {maxLength: all.faults === 'none' ? 0 : 3}),
        release: releases(Object.keys(tiers), all.forEver),
        end: between(seconds(20), seconds(60)),
        resolution: between(millis(500), seconds(20)),
      })
      .map(({traffic, ...rest}) => {
        const named = traffic.map((it, i) => [`${it.kind}-${i}`, it] as const)
        return scenario({tiers, traffic: Object.fromEntries(named), ...rest})
      }),
  )
}

/** A workload that costs little and is like no other. */
export const exponentialRequests = (tier: string): WorkloadOptions =>
  http(tier, 3, {service: laws.exponential(millis(1))})

export const seeds = fc.integer({min: 1, max: 2 ** 31})

/** Anything in a range; every third time a whole second, so that things fall on one instant. */
const between = (least: Duration, most: Duration): fc.Arbitrary<Duration> => {
  const any = fc.noBias(fc.integer({min: least, max: most}))
  if (most < seconds(1)) return any
  const whole = fc.integer({min: Math.ceil(least / seconds(1)), max: Math.floor(most / seconds(1))})
  return fc.oneof({arbitrary: any, weight: 2}, {arbitrary: whole.map(count => seconds(count)), weight: 1})
}
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, {nil: undefined})
const oneOf = <const T>(...choices: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...choices)

/** Without the keys whose value is undefined: options that are left out are not there. */
const defined = <T extends object>(it: T): {[K in keyof T]: Exclude<T[K], undefined>} =>
  Object.fromEntries(Object.entries(it).filter(([, value]) => value !== undefined)) as never

/** A law that shows itself in a counterexample as one would write it. */
function named(text: string, it: Distribution): Distribution {
  return Object.assign(it, {[fc.toStringMethod]: () => text})
}

const shapes: readonly ((mean: Duration) => Distribution)[] = [
  mean => named(`fixed(${mean})`, laws.fixed(mean)),
  mean => named(`uniform(0, ${2 * mean})`, laws.uniform(0, 2 * mean)),
  mean => named(`exponential(${mean})`, laws.exponential(mean)),
  mean => named(`lognormal({mean: ${mean}, sigma: 1})`, laws.lognormal({mean, sigma: 1})),
  mean => named(`weibull({mean: ${mean}, shape: 0.7})`, laws.weibull({mean, shape: 0.7})),
  mean => named(`pareto({mean: ${mean}, shape: 1.5})`, laws.pareto({mean, shape: 1.5})),
  mean => named(`gamma({mean: ${mean}, shape: 3})`, laws.gamma({mean, shape: 3})),
  mean => named(`empirical([0, ${mean}, ${3 * mean}])`, laws.empirical([0, mean, 3 * mean])),
  mean => {
    const parts = [
      {weight: 3, of: laws.fixed(mean)},
      {weight: 1, of: laws.exponential(2 * mean)},
    ]
    return named(`mixture([fixed(${mean}) × 3, exponential(${2 * mean}) × 1])`, laws.mixture(parts))
  },
]

/** Any kind of law with a mean in this range. */
const law = (least: Duration, most: Duration): fc.Arbitrary<Distribution> =>
  fc.tuple(fc.nat({max: shapes.length - 1}), between(least, most)).map(([shape, mean]) => shapes[shape]!(mean))

/** One that never takes longer than `most`. */
const boundedLaw = (most: Duration): fc.Arbitrary<Distribution> =>
  fc.tuple(fc.nat({max: 1}), between(1, most / 2)).map(([shape, mean]) => shapes[shape]!(mean))

const link: fc.Arbitrary<LinkOptions> = fc.record({
  latency: fc.oneof(fc.constant(named('fixed(0)', laws.fixed(0))), law(1, millis(50))),
  loss: oneOf(0, 0, 0.01, 0.3),
})

const probe: fc.Arbitrary<ProbeOptions> = fc.record({
  interval: between(millis(100), seconds(2)),
  timeout: between(millis(1), seconds(2)),
  fall: fc.integer({min: 1, max: 3}),
  rise: fc.integer({min: 1, max: 3}),
  phase: oneOf('random', 'spread'),
})

const l4lb: fc.Arbitrary<L4lbOptions> = fc.record({
  hosts: fc.integer({min: 1, max: 3}),
  pick: oneOf('maglev', 'maglev', 'random', 'least-connections'),
  hash: oneOf('5-tuple', 'source-address'),
  connectionTable: oneOf(8_000_000, 0, 1, 20, 200),
  cores: fc.integer({min: 1, max: 3}),
  floodRate: oneOf(125_000, 1, 5, 20),
  udpTimeout: between(millis(1), seconds(30)),
  tcpServerId: fc.boolean(),
  probe,
})

const upstream: fc.Arbitrary<UpstreamOptions> = fc.record({
  to: fc.constant('app'),
  pick: oneOf('random', 'round-robin', 'least-connections'),
  probe,
  persistent: fc.boolean(),
  redispatch: fc.integer({min: 0, max: 4}),
  connectTimeout: between(millis(1), seconds(3)),
  retryIdempotent: fc.boolean(),
  bufferUploads: fc.boolean(),
})

const http2: fc.Arbitrary<Http2Options> = fc.record({
  connections: fc.integer({min: 1, max: 4}),
  goawayWait: oneOf(seconds(5), 0),
  reopen: oneOf(seconds(1), millis(50)),
})

const machines = {
  hosts: fc.integer({min: 1, max: 8}),
  cores: fc.integer({min: 1, max: 4}),
  boot: fc.record({
    time: boundedLaw(seconds(4)),
    cores: oneOf(0, 0.5, 1, 3),
    warmup: oneOf(0, seconds(5)),
    slowdown: oneOf(1, 2, 10),
  }),
  cpu: fc.record({handshake: oneOf(0, 50, 500, millis(20)), request: oneOf(0, 50, millis(20))}),
  memory: fc.record({process: oneOf(0, 2 ** 29), connection: oneOf(0, 2 ** 15)}),
  backlog: oneOf(4096, 0, 1, 5),
  closeTime: oneOf(0, 50, millis(1), millis(10)),
  queue: oneOf(Infinity, 0, 1, 10),
  keepAlive: oneOf(seconds(75), millis(1), millis(500), seconds(5), Infinity),
  idleClose: fc.record({when: oneOf('drain', 'response'), spread: oneOf(0, millis(10), seconds(3))}),
  saysClose: fc.boolean(),
  link,
}

const proxyTier: fc.Arbitrary<TierOptions> = fc.record({kind: fc.constant('proxy'), ...machines, behind: l4lb})
const frontTier: fc.Arbitrary<TierOptions> = fc.record({kind: fc.constant('server'), ...machines, behind: l4lb})
const passingTier: fc.Arbitrary<TierOptions> = fc.record({
  kind: fc.constant('proxy'),
  ...machines,
  behind: l4lb,
  upstream: upstream.map(it => [it]),
})
/** A proxy that leads to another tier of proxies over HTTP/2. */
const outerTier: fc.Arbitrary<TierOptions> = fc.record({
  kind: fc.constant('proxy'),
  ...machines,
  behind: l4lb,
  upstream: fc.tuple(upstream, http2).map(([it, http2]) => [{...it, to: 'edge', http2}]),
})
const serverTier: fc.Arbitrary<TierOptions> = fc.record({kind: fc.constant('server'), ...machines})

/** Proxies alone, proxies before servers, or servers that clients reach without a proxy. */
const topology = (): fc.Arbitrary<Record<string, TierOptions>> =>
  fc.oneof(
    fc.record({edge: proxyTier}),
    fc.record({edge: passingTier, app: serverTier}),
    fc.record({app: frontTier}),
    fc.record({pop: outerTier, edge: passingTier, app: serverTier}),
  ) as fc.Arbitrary<Record<string, TierOptions>>

const rate: fc.Arbitrary<RateCurve> = fc.oneof(
  fc.record({kind: fc.constant('constant'), perSecond: fc.integer({min: 0, max: 40})}),
  fc
    .uniqueArray(fc.record({at: between(0, seconds(60)), perSecond: fc.integer({min: 0, max: 40})}), {
      minLength: 1,
      maxLength: 4,
      selector: point => point.at,
    })
    .map(points => ({kind: 'points' as const, points: points.toSorted((a, b) => a.at - b.at)})),
  fc.record({
    kind: fc.constant('day'),
    mean: fc.integer({min: 0, max: 20}),
    swing: oneOf(0, 0.5, 1),
    period: between(seconds(5), minutes(5)),
    peakAt: between(0, minutes(5)),
  }),
)

const backoff: fc.Arbitrary<BackoffOptions> = fc
  .record({
    first: sometimes(law(1, seconds(1))),
    base: between(millis(1), seconds(2)),
    factor: oneOf(1, 1.5, 2, 10),
    cap: between(millis(1), seconds(20)),
    jitter: oneOf('none', 'equal', 'full', 'decorrelated'),
  })
  .map(it => defined(it) as BackoffOptions)

const retry: fc.Arbitrary<RetryOptions> = fc
  .record({attempts: oneOf(0, 0, 1, 5), budget: oneOf(0, 0.2, 1, Infinity), backoff})
  .map(({backoff: waits, ...rest}) => ({...waits, ...rest}))

const common = (tiers: readonly string[]) => ({
  to: fc.constantFrom(...tiers),
  link: sometimes(link),
  connectTimeout: oneOf(seconds(10), millis(1), millis(500), seconds(3)),
})

const requests = (tiers: readonly string[]) => ({
  ...common(tiers),
  rate,
  service: law(1, millis(300)),
  requestTimeout: oneOf(seconds(30), millis(1), millis(200), seconds(2)),
  patience: sometimes(law(1, seconds(5))),
  idempotent: fc.boolean(),
  retry,
})

/** A workload of any kind, to any of the tiers. */
const workload = (tiers: readonly string[]): fc.Arbitrary<WorkloadOptions> =>
  fc
    .oneof(
      fc.record({kind: fc.constant('http'), ...requests(tiers)}),
      fc.record({kind: fc.constant('keep-alive'), connections: fc.integer({min: 1, max: 40}), ...requests(tiers)}),
      fc.record({kind: fc.constant('upload'), duration: law(micros(1), seconds(20)), ...requests(tiers)}),
      fc.record({
        kind: fc.constant('websocket'),
        ...common(tiers),
        connections: fc.integer({min: 0, max: 60}),
        lifetime: fc.oneof(law(seconds(1), minutes(2)), fc.constant(laws.forever)),
        message: oneOf(seconds(30), millis(1), seconds(2), Infinity),
        reconnect: backoff,
      }),
    )
    .map(it => defined(it) as WorkloadOptions)

function fault(tiers: Record<string, TierOptions>, which: Troubles['faults']): fc.Arbitrary<FaultOptions> {
  const places = Object.entries(tiers).flatMap(([tier, {hosts}]) =>
    Array.from({length: hosts}, (_, host) => ({tier, host})),
  )
  const passing = between(1, seconds(20))
  return fc
    .record({
      kind: oneOf('host-dies', 'host-stalls'),
      place: fc.constantFrom(...places),
      at: between(0, seconds(40)),
      lasts: which === 'any' ? fc.oneof(passing, fc.constant(Infinity)) : passing,
    })
    .map(({place, ...rest}) => ({...rest, ...place}))
}

function optionValue(option: Option, forEver: boolean): fc.Arbitrary<OptionValue> {
  if (option.kind === 'flag') return fc.boolean()
  if (option.kind === 'choice') return fc.constantFrom(...option.choices)
  if (option.kind === 'batch') return oneOf(0.2, 0.5, 1, 2, 3, Infinity)
  const limited = between(0, option.default === 0 ? seconds(3) : seconds(10))
  return forEver && option.default > 0 ? fc.oneof(limited, fc.constant(Infinity)) : limited
}

/** Any value for every option of any strategy that is shipped; each takes what it knows. */
function optionValues(forEver: boolean): fc.Arbitrary<Record<string, OptionValue>> {
  const options = Object.assign({}, ...strategies.map(strategy => strategy.options)) as Record<string, Option>
  const values = Object.entries(options).map(([name, option]) => [name, optionValue(option, forEver)])
  return fc.record(Object.fromEntries(values))
}

/** A release of some of the tiers, of all at once perhaps. */
const releases = (tiers: readonly string[], forEver: boolean): fc.Arbitrary<ReleasePlan[]> =>
  fc
    .tuple(
      ...tiers.map(tier =>
        fc.option(
          fc.record({
            tier: fc.constant(tier),
            strategy: fc.constant('hard-restart'),
            at: between(0, seconds(15)),
            options: optionValues(forEver),
          }),
          {freq: 4, nil: undefined},
        ),
      ),
    )
    .map(plans => plans.filter(plan => plan !== undefined))
