import type {DatabaseReport} from '../metrics/databases.ts'
import type {
  ConnectionsReport,
  HoldReport,
  PacketsReport,
  PostsReport,
  PublishesReport,
  Report,
  SessionsReport,
  TierReport,
  TrafficReport,
} from '../metrics/report.ts'
import type {StoreReport} from '../metrics/stores.ts'
import {asBytes, asCounts, asDurations, asPercents, asRatios, rowOf, type Styling} from './rows.ts'
import type {Row} from './table.ts'

type Figure = (report: Report) => number | null

/** A number that operators decide by, and which of two values they would rather have. */
export interface Measure {
  /** A path of the report where it stands there; otherwise a path that no report has, as `capacity.min`. */
  readonly name: string
  readonly head: string
  readonly styling: Styling
  readonly figure: Figure
  readonly better: 'lower' | 'higher'
  /** The row of a table with this figure of every report. */
  readonly draw: (reports: readonly Report[]) => Row
}
export interface MeasureGroup {
  readonly name: string
  readonly measures: readonly Measure[]
}

type About = readonly [name: string, head: string]

const measure = ([name, head]: About, styling: Styling, better: Measure['better'], figure: Figure): Measure => ({
  ...{name, head, styling, figure, better},
  draw: reports => rowOf(head, reports, figure, styling),
})

const disruption: MeasureGroup = {
  name: 'Disruption',
  measures: [
    measure(['disruption.refused', 'refused'], asCounts, 'lower', report => total(report, ({refused}) => refused)),
    measure(
      ['disruption.reset', 'reset'],
      asCounts,
      'lower',
      report => total(report, ({reset}) => reset) - cut(report),
    ),
    measure(['disruption.cut', 'cut at drain end'], asCounts, 'lower', report => cut(report)),
    measure(['disruption.other', 'any other way'], asCounts, 'lower', report => other(report)),
    measure(['disruption.fraction', 'share of all'], asPercents(3), 'lower', ({disruption}) => disruption.fraction),
  ],
}
const capacity: MeasureGroup = {
  name: 'Capacity',
  measures: [
    measure(['capacity.min', 'lowest'], asPercents(1), 'higher', report =>
      least(tiers(report), ({capacity}) => capacity.min),
    ),
    measure(['capacity.mean', 'mean'], asPercents(1), 'higher', report =>
      least(tiers(report), ({capacity}) => capacity.mean),
    ),
    measure(['idleCpu.min', 'idle CPU, lowest'], asPercents(1), 'higher', report =>
      least(tiers(report), ({idleCpu}) => idleCpu.min),
    ),
    measure(['memory.peak', 'memory peak'], asBytes, 'lower', report => most(tiers(report), ({memory}) => memory.peak)),
  ],
}
const connections: MeasureGroup = {
  name: 'Connections',
  measures: [
    measure(['bounces.mean', 'bounces/client, mean'], asRatios(4), 'lower', report =>
      most(kept(report), ({bounces}) => bounces.mean),
    ),
    measure(['bounces.max', 'bounces/client, most'], asCounts, 'lower', report =>
      most(kept(report), ({bounces}) => bounces.max),
    ),
    measure(['reconnects.peakPerSecond', 'reconnects, peak /s'], asCounts, 'lower', report =>
      most(kept(report), ({reconnects}) => reconnects.peakPerSecond),
    ),
    measure(
      ['peakOverMean', 'per host, peak/mean'],
      asRatios(2),
      'lower',
      report => largest(report)?.peakOverMean ?? null,
    ),
  ],
}
const packets: MeasureGroup = {
  name: 'Packets',
  measures: [
    measure(['packets.misrouted', 'misrouted'], asCounts, 'lower', report =>
      most(datagrams(report), it => it.misrouted),
    ),
    measure(['packets.dropped', 'dropped'], asCounts, 'lower', report => most(datagrams(report), it => it.dropped)),
    measure(['packets.forwarded', 'forwarded'], asCounts, 'lower', report =>
      most(datagrams(report), it => it.forwarded),
    ),
  ],
}
const posts: MeasureGroup = {
  name: 'Uploads',
  measures: [
    measure(['posts.disrupted', 'not taken'], asCounts, 'lower', report =>
      most(uploads(report), ({disrupted}) => disrupted.count),
    ),
    measure(['posts.replayed', 'replayed'], asCounts, 'lower', report =>
      most(uploads(report), ({replayed}) => replayed),
    ),
    measure(['posts.proxyMemory', 'kept by a proxy, peak'], asBytes, 'lower', report =>
      most(uploads(report), it => it.proxyMemory.peak),
    ),
  ],
}
const holds: MeasureGroup = {
  name: 'Held requests',
  measures: [
    measure(['holds.peak', 'at a time, most'], asCounts, 'lower', report => most(held(report), ({peak}) => peak)),
    measure(['holds.wait', 'waited, p99'], asDurations, 'lower', report => most(held(report), it => it.wait.p99 ?? 0)),
    measure(['holds.expired', 'for too long'], asCounts, 'lower', report => most(held(report), it => it.expired)),
    measure(['holds.gone', 'gone meanwhile'], asCounts, 'lower', report => most(held(report), ({gone}) => gone)),
    measure(['holds.cleared', 'cleared after'], asDurations, 'lower', report =>
      most(held(report), ({cleared}) => cleared ?? 0),
    ),
  ],
}
const publishes: MeasureGroup = {
  name: 'Publishes',
  measures: [
    measure(['publishes.lost', 'lost'], asCounts, 'lower', report => most(publishesOf(report), ({lost}) => lost)),
    measure(['publishes.delayed', 'delayed'], asCounts, 'lower', report =>
      most(publishesOf(report), ({delayed}) => delayed),
    ),
    measure(['publishes.duplicated', 'twice'], asCounts, 'lower', report =>
      most(publishesOf(report), ({duplicated}) => duplicated),
    ),
  ],
}
const sessions: MeasureGroup = {
  name: 'MQTT sessions',
  measures: [
    measure(['sessions.lost', 'lost'], asCounts, 'lower', report => most(sessionsOf(report), ({lost}) => lost)),
    measure(['sessions.takenOver', 'taken over'], asCounts, 'lower', report =>
      most(sessionsOf(report), ({takenOver}) => takenOver),
    ),
  ],
}
const data: MeasureGroup = {
  name: 'Data',
  measures: [
    measure(['stores.lost', 'writes lost'], asCounts, 'lower', report => most(stores(report), ({lost}) => lost)),
    measure(['stores.overwritten', 'writes overwritten'], asCounts, 'lower', report =>
      most(stores(report), ({overwritten}) => overwritten),
    ),
    measure(['stores.duplicated', 'writes twice'], asCounts, 'lower', report =>
      most(stores(report), ({duplicated}) => duplicated),
    ),
    measure(['stores.resurrected', 'keys with an old value'], asCounts, 'lower', report =>
      most(stores(report), ({resurrected}) => resurrected),
    ),
    measure(['stores.staleReads', 'stale reads'], asCounts, 'lower', report =>
      most(stores(report), ({staleReads}) => staleReads),
    ),
    measure(['stores.readOnly', 'READONLY answers'], asCounts, 'lower', report =>
      most(stores(report), ({readOnly}) => readOnly),
    ),
    measure(['stores.delayed', 'writes delayed'], asCounts, 'lower', report =>
      most(stores(report), ({delayed}) => delayed.count),
    ),
    measure(['stores.delay', 'delayed, p99'], asDurations, 'lower', report =>
      most(stores(report), ({delayed}) => delayed.p99 ?? 0),
    ),
    measure(['stores.withoutPrimary', 'without a primary'], asDurations, 'lower', report =>
      most(stores(report), ({withoutPrimary}) => withoutPrimary),
    ),
    measure(['stores.twoPrimaries', 'two take writes'], asDurations, 'lower', report =>
      most(stores(report), ({twoPrimaries}) => twoPrimaries),
    ),
    measure(['stores.resyncs', 'full resyncs'], asCounts, 'lower', report =>
      most(stores(report), ({resyncs}) => resyncs.full),
    ),
  ],
}
const databases: MeasureGroup = {
  name: 'Database',
  measures: [
    measure(['databases.schemaErrors', 'schema errors'], asCounts, 'lower', report =>
      most(databasesOf(report), it => it.schemaErrors),
    ),
    measure(['databases.staleReads', 'stale reads'], asCounts, 'lower', report =>
      most(databasesOf(report), it => it.staleReads),
    ),
    measure(['databases.divergentRows.end', 'divergent rows, end'], asCounts, 'lower', report =>
      most(databasesOf(report), it => it.divergentRows.end),
    ),
    measure(['databases.lostRows', 'lost rows'], asCounts, 'lower', report =>
      most(databasesOf(report), it => it.lostRows),
    ),
    measure(['databases.lockWait.longest', 'lock wait, longest'], asDurations, 'lower', report =>
      most(databasesOf(report), it => it.lockWait.longest),
    ),
    measure(['databases.connections.refused', 'connections refused'], asCounts, 'lower', report =>
      most(databasesOf(report), it => it.connections.refused),
    ),
    measure(['databases.rollbackSafe', 'rollback safe for'], asDurations, 'higher', report =>
      least(databasesOf(report), it => it.rollbackSafe ?? 0),
    ),
  ],
}
const release: MeasureGroup = {
  name: 'Release',
  measures: [measure(['release.duration', 'duration'], asDurations, 'lower', report => releaseDuration(report))],
}
const latency = (workloads: readonly string[]): MeasureGroup => ({
  name: 'p99 of what completed',
  measures: workloads.map(name =>
    measure(
      [`traffic.${name}.latency.p99`, name],
      asDurations,
      'lower',
      ({traffic}) => traffic[name]?.latency.p99 ?? null,
    ),
  ),
})

/** Everything to compare strategies by, in the order in which one looks at it. */
export const measureGroups = (workloads: readonly string[]): readonly MeasureGroup[] => [
  disruption,
  capacity,
  connections,
  packets,
  posts,
  holds,
  publishes,
  sessions,
  data,
  databases,
  release,
  latency(workloads),
]

/** Over all workloads. */
export const total = (report: Report, figure: (traffic: TrafficReport) => number): number =>
  Object.values(report.traffic).reduce((sum, traffic) => sum + figure(traffic), 0)

/** From the first release's start to the last one's end, in seconds; null if not all of them came to an end. */
export function releaseDuration(report: Report): number | null {
  const all = Object.values(report.release)
  const started = all.map(({startedAt}) => startedAt)
  const finished = all.map(({finishedAt}) => finishedAt)
  if (all.length === 0 || started.includes(null) || finished.includes(null)) return null
  return Math.max(...finished.map(Number)) - Math.min(...started.map(Number))
}

/** Of the tiers that are released, the lowest capacity: a fraction. */
export const lowestCapacity = (report: Report) => least(tiers(report), ({capacity}) => capacity.min)

const cut = (report: Report) => total(report, ({causes}) => causes['killed-at-drain-end'] ?? 0)
const other = (report: Report) =>
  total(report, ({aborted, timedOut, failed, misrouted}) => aborted + timedOut + failed + misrouted)
const tiers = (report: Report): TierReport[] =>
  Object.entries(report.tiers).flatMap(([name, tier]) => (Object.hasOwn(report.strategies, name) ? tier : []))
const datagrams = ({packets = {}}: Report): PacketsReport[] => Object.values(packets)
const held = ({holds = {}}: Report): HoldReport[] => Object.values(holds)
const uploads = ({posts = {}}: Report): PostsReport[] => Object.values(posts)
const publishesOf = ({publishes = {}}: Report): PublishesReport[] => Object.values(publishes).flatMap(Object.values)
const sessionsOf = ({sessions = {}}: Report): SessionsReport[] => Object.values(sessions)
const stores = (report: Report): StoreReport[] => Object.values(report.stores ?? {})
const databasesOf = ({databases = {}}: Report): DatabaseReport[] => Object.values(databases)
const kept = (report: Report): ConnectionsReport[] => Object.values(report.connections)

/** The connections of the workload that has most of them: how evenly they lie is not the chance of a few. */
function largest(report: Report): ConnectionsReport | undefined {
  const total = ({perHost}: ConnectionsReport) => perHost.reduce((sum, count) => sum + count, 0)
  return kept(report).toSorted((a, b) => total(b) - total(a))[0]
}

const least = <T>(items: readonly T[], figure: (item: T) => number) => extreme(Math.min, items.map(figure))
const most = <T>(items: readonly T[], figure: (item: T) => number) => extreme(Math.max, items.map(figure))
const extreme = (choose: (...values: number[]) => number, values: readonly number[]) =>
  values.length === 0 ? null : choose(...values)
