import {expect} from 'vitest'
import {hours} from '../../sim/engine/time.ts'
import type {TrafficReport} from '../../sim/metrics/report.ts'
import {outcomes} from '../../sim/net/events.ts'
import {isSession, type TierOptions, type WorkloadOptions, type WorldOptions} from '../../sim/net/options.ts'
import type {Scenario} from '../../sim/scenario/scenario.ts'
import {type Law, law} from './law.ts'

const spelled = (outcome: (typeof outcomes)[number]) => (outcome === 'timed-out' ? 'timedOut' : outcome)
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)
const disruptions = (traffic: TrafficReport) => sum(outcomes.slice(1).map(outcome => traffic[spelled(outcome)]))

/** Which causes stand under an outcome, as `sim/net/events.ts` has it. */
const causesOf: Record<string, readonly string[]> = {
  refused: ['no-listener'],
  reset: [
    'accept-queue-closed',
    'killed',
    'killed-at-drain-end',
    'closed-by-drain',
    'idle-close-race',
    'idle-timeout-race',
    'server-killed',
    'proxy-killed',
    'connect-refused',
    'job-lost',
    'goaway-race',
    'max-age',
    'evicted',
  ],
  aborted: ['gave-up'],
  timedOut: ['dead-host', 'no-host', 'accept-queue-full', 'connect-timeout', 'request-timeout', 'packets-lost'],
  failed: [
    'server-lost',
    'no-server',
    'queue-full',
    'post-unfinished',
    'unexpected-status',
    'replay-exhausted',
    'replay-miscounted',
    'broken-framing',
    'held-too-long',
    'backend-down',
    'drain-timeout',
    'front-timeout',
    'read-only',
    'no-replicas',
    'loading',
    'schema-error',
    'no-connection',
    'asset-gone',
  ],
  misrouted: ['forgotten-by-l4lb', 'unknown-connection'],
}

/** Every number in a report, with the path that leads to it. */
function numbers(value: unknown, path = 'report'): [string, unknown][] {
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' || value === null ? [] : [[path, value]]
  return Object.entries(value).flatMap(([key, inner]) => numbers(inner, `${path}.${key}`))
}

/** The same world with time and space for everybody, and no trouble. */
export function calm(scenario: Scenario): Scenario {
  const {tiers, traffic} = scenario.world
  const each = <T>(all: Readonly<Record<string, T>>, change: (one: T) => T) =>
    Object.fromEntries(Object.entries(all).map(([name, one]) => [name, change(one)]))
  const versions = Object.values(tiers).flatMap(({database}) => database?.versions ?? [])
  const columns = [...new Set(versions.flatMap(({reads, writes, requires}) => [...reads, ...writes, ...requires]))]
  const roomy = ({behind, udp, holds, database, maxAge: _, ...tier}: TierOptions): TierOptions => ({
    ...tier,
    backlog: 1e6,
    queue: Infinity,
    keepAlive: Infinity,
    frontTimeout: Infinity,
    ...(udp && {udp: {...udp, buffer: 1e6}}),
    ...(database && {database: {...database, columnCache: 0}}),
    ...(holds && {holds: {tables: each(holds.tables, table => ({...table, columns})), maxConnections: 1e6}}),
    ...(behind && {behind: {...behind, connectionTable: 8e6, globalTable: 8e6, floodRate: Infinity}}),
  })
  const patient = (workload: WorkloadOptions): WorkloadOptions => {
    if (workload.kind === 'job') return workload
    if (isSession(workload)) return {...workload, connectTimeout: hours(10)}
    if (workload.kind === 'commands') return {...workload, connectTimeout: hours(10), requestTimeout: hours(10)}
    // A page of another version than its host finds what it needs nowhere, however calm all is.
    const {patience: _, page: __, ...rest} = {page: undefined, ...workload}
    return {...rest, connectTimeout: hours(10), requestTimeout: hours(10)}
  }
  return {
    ...scenario,
    world: {...scenario.world, faults: [], changes: [], tiers: each(tiers, roomy), traffic: each(traffic, patient)},
  }
}

/** Strategies that start new hosts beside the old ones. */
const adders = ['rolling-update', 'blue-green', 'schema-migration', 'rename-in-one-step', 'drop-before-code']

const added = (tier: string, {changes = []}: WorldOptions) =>
  sum(changes.map(change => (change.kind === 'adds' && change.tier === tier ? change.hosts : 0)))

/** Nothing is lost and nothing is counted twice. */
export const accounts: readonly Law[] = [
  law('whatever is started ends once, or is open at the end', ({report}) => {
    for (const traffic of Object.values(report.traffic))
      expect(traffic.started).toBe(traffic.completed + disruptions(traffic) + traffic.open)
  }),

  law(
    'whatever is published is delivered, lost or waiting, and every tunnel that is asked moves at most once',
    ({report}) => {
      for (const flows of Object.values(report.publishes ?? {}))
        for (const {qos, sent, delivered, delayed, duplicated, lost, waiting} of Object.values(flows)) {
          expect(sent).toBe(delivered + lost + waiting)
          expect([delayed <= delivered, qos === 1 || duplicated === 0]).toEqual([true, true])
        }
      for (const {solicited, moved, refused} of Object.values(report.moves ?? {}))
        expect(moved + refused).toBeLessThanOrEqual(solicited)
    },
  ),

  law('every disruption has a cause, and every cause stands under its outcome', ({report}) => {
    for (const traffic of Object.values(report.traffic))
      for (const [outcome, causes] of Object.entries(causesOf))
        expect(sum(causes.map(cause => traffic.causes[cause] ?? 0))).toBe(traffic[outcome as keyof TrafficReport])
    const all = Object.values(report.traffic)
    expect(report.disruption.count).toBe(sum(all.map(disruptions)))
    expect(report.disruption.count).toBe(sum(all.flatMap(({causes}) => Object.values(causes))))
  }),

  law('at any time everybody’s books agree, and an idle process holds nothing', ({auditor}) => {
    expect(auditor.findings).toEqual([])
  }),

  law('every number of a report is a number, finite and not negative', ({report}) => {
    for (const [path, value] of numbers(report))
      expect([path, Number.isFinite(value) && Number(value) >= 0]).toEqual([path, true])
  }),

  law(
    'shares lie between 0 and 1, or more where hosts are added, and the least is not above the mean',
    ({report, strategy, scenario: {world}}) => {
      for (const [tier, {capacity, idleCpu}] of Object.entries(report.tiers)) {
        const extra = added(tier, world) / world.tiers[tier]!.hosts
        const most = (adders.includes(strategy.name) ? 2 : 1) + extra
        expect([capacity.min >= 0, capacity.min <= capacity.mean + 1e-9, capacity.mean <= most + 1e-9]).toEqual([
          true,
          true,
          true,
        ])
        // The least idle CPU is that of a whole bucket, and the mean is of all.
        const whole = world.end % world.resolution === 0
        expect([idleCpu.min >= 0, !whole || idleCpu.min <= idleCpu.mean + 1e-9, idleCpu.mean <= most + 1e-9]).toEqual([
          true,
          true,
          true,
        ])
      }
      expect(report.disruption.fraction).toBeLessThanOrEqual(1)
    },
  ),

  law('quantiles of latency rise, and the highest is the highest', ({report}) => {
    for (const {latency} of Object.values(report.traffic)) {
      const {p50, p90, p99, max} = latency
      expect([p50, p90, p99, max]).toEqual([p50, p90, p99, max].toSorted((a, b) => a! - b!))
    }
  }),

  law('every packet that is sent is delivered or dropped, once', ({report}) => {
    for (const it of Object.values(report.packets ?? {})) {
      expect(it.sent).toBe(it.delivered + it.dropped)
      expect(it.dropped).toBe(it.misrouted + it.overflowed + it.unread + it.lost)
      expect(it.handed + it.forwarded + it.duplicates).toBeLessThanOrEqual(it.delivered)
    }
  }),

  law('every open connection is on a host', ({report, trace}) => {
    for (const [name, {perHost}] of Object.entries(report.connections)) {
      const open = trace.series.columns[`${name}.open`]?.at(-1) ?? 0
      expect(sum(perHost)).toBe(open)
      if (trace.workloads.find(it => it.name === name)!.kind !== 'keep-alive')
        expect(open).toBeLessThanOrEqual(report.traffic[name]!.open)
    }
  }),

  law(
    'a balancer that forgets nothing misroutes nothing',
    ({report}) => {
      for (const {causes} of Object.values(report.traffic)) expect(causes['forgotten-by-l4lb'] ?? 0).toBe(0)
    },
    {but: calm},
  ),

  law(
    'nobody is disrupted in a world without faults, limits and releases',
    ({report}) => expect(report.traffic).toEqual(Object.fromEntries(Object.entries(report.traffic).map(undisrupted))),
    {but: scenario => ({...calm(scenario), releases: []})},
  ),
]

const undisrupted = ([name, traffic]: [string, TrafficReport]) => [
  name,
  {...traffic, ...Object.fromEntries(outcomes.slice(1).map(outcome => [spelled(outcome), 0]))},
]
