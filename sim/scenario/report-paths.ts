import {causes} from '../net/events.ts'
import {statuses} from '../net/posts/status.ts'
import {quoted} from './error.ts'
import {oneOf} from './nearest.ts'

/** What a report has below a step of a path: a number, a list of numbers, or more steps. */
export type Shape = 'number' | 'list' | {readonly [step: string]: Shape}

const numbers = <const N extends string>(...names: N[]) =>
  Object.fromEntries(names.map(name => [name, 'number'])) as Readonly<Record<N, 'number'>>

const published = {
  ...numbers('qos', 'sent', 'delivered', 'delayed', 'duplicated', 'lost', 'waiting'),
  delay: numbers('p50', 'p99', 'max'),
  flow: numbers('min', 'max'),
}

/** The keys of `Report` (sim/metrics/report.ts) that hold numbers, as far as they do not depend on the scenario. */
export const shapes = {
  traffic: {
    ...numbers('started', 'completed', 'refused', 'reset', 'aborted', 'timedOut', 'failed', 'misrouted', 'open'),
    causes: numbers(...causes),
    latency: numbers('p50', 'p90', 'p99', 'max'),
  },
  connections: {
    bounces: numbers('mean', 'max'),
    reconnects: numbers('total', 'peakPerSecond'),
    closedIdle: 'number',
    aged: numbers('total', 'peakPerSecond'),
    perHost: 'list',
    peakOverMean: 'number',
  },
  packets: numbers(
    'sent',
    'delivered',
    'handed',
    'forwarded',
    'duplicates',
    'dropped',
    'misrouted',
    'resets',
    'overflowed',
    'unread',
    'lost',
    'peakDroppedPerSecond',
    'mostMisroutedOnOneHost',
  ),
  posts: {
    disrupted: numbers('count', 'fraction'),
    ...numbers('handedBack', 'replayed', 'redirected'),
    replays: numbers('total', 'mean', 'max'),
    bytes: numbers('received', 'returned', 'resent', 'headers', 'repeated'),
    proxyMemory: numbers('peak'),
    answers: numbers(...statuses.map(status => `${status}` as const)),
  },
  publishes: {up: published, down: published},
  acks: numbers('total', 'before', 'peak', 'peakAt', 'trough', 'troughAt'),
  moves: numbers('solicited', 'moved', 'refused'),
  holds: {
    ...numbers('requests', 'peak', 'expired', 'gone', 'refused', 'cleared'),
    wait: numbers('p50', 'p99', 'max'),
  },
  stores: {
    ...numbers(
      'acknowledged',
      'kept',
      'lost',
      'overwritten',
      'duplicated',
      'resurrected',
      'missing',
      'staleReads',
      'readOnly',
      'noReplicas',
      'withoutPrimary',
      'twoPrimaries',
    ),
    delayed: numbers('count', 'p50', 'p99', 'max'),
    resyncs: numbers('full', 'partial'),
  },
  databases: {
    ...numbers('reads', 'writes', 'schemaErrors', 'staleReads', 'lostRows', 'rollbackSafe'),
    divergentRows: numbers('peak', 'end', 'parityAfter'),
    lockWait: numbers('blocked', 'p99', 'longest'),
    alter: numbers('tries', 'timedOut', 'longestWait'),
    connections: numbers('peak', 'refused'),
  },
  sessions: numbers('kept', 'takenOver', 'evacuated', 'lost'),
  pages: numbers('loaded', 'broken', 'skewed', 'reloaded', 'old', 'lastOldAfter'),
  jobs: numbers('done', 'requeued', 'lost', 'again', 'doneTwice', 'thrownAway'),
  tiers: {
    hosts: 'number',
    capacity: numbers('min', 'mean'),
    idleCpu: numbers('min', 'mean'),
    memory: numbers('peak'),
    processes: numbers('old', 'new'),
    udp: numbers('leaked'),
  },
  release: numbers('startedAt', 'finishedAt', 'duration', 'haltedAt'),
  disruption: numbers('count', 'fraction'),
  engine: numbers('events', 'crowd'),
} as const satisfies Record<string, Shape>

export const reportRoots: readonly string[] = Object.keys(shapes)

/** The names that a scenario gives to what its report speaks of. */
export interface Names {
  readonly traffic: readonly string[]
  /** The workloads that keep connections. */
  readonly connections: readonly string[]
  /** The workloads over QUIC. */
  readonly packets: readonly string[]
  /** The uploads whose users have a bandwidth. */
  readonly posts: readonly string[]
  /** The workloads whose clients have pages open. */
  readonly pages: readonly string[]
  /** The workloads that are jobs. */
  readonly jobs: readonly string[]
  /** Those of MQTT. */
  readonly mqtt: readonly string[]
  /** The tiers of kind database. */
  readonly databases: readonly string[]
  readonly tiers: readonly string[]
  /** Those that proxies pass requests on to. */
  readonly behind: readonly string[]
  /** The tiers that are stores. */
  readonly stores: readonly string[]
  /** The tiers that are released. */
  readonly release: readonly string[]
}

/** What is wrong with a path that does not lead to a number of the report; undefined if it does. */
export function strayed(path: string, names: Names): {found: string; wanted: string} | undefined {
  const steps = path.split('.')
  let shape: Shape = shapeOf(names)
  for (const [i, step] of steps.entries()) {
    const next: Shape | undefined = below(shape, step)
    if (next === undefined)
      return {found: `no ${quoted(step)}`, wanted: wantedIn(shape, step, i === 1 ? steps[0]! : '')}
    shape = next
  }
  return shape === 'number' ? undefined : {found: 'more than one number', wanted: `${wantedIn(shape, '', '')} after it`}
}

const choices: Readonly<Record<string, string>> = {
  traffic: 'a workload: ',
  connections: 'a workload of kind keep-alive, websocket, quic or mqtt: ',
  publishes: 'a workload of kind mqtt: ',
  acks: 'a workload of kind mqtt: ',
  moves: 'a workload of kind mqtt: ',
  sessions: 'a workload of kind mqtt: ',
  packets: 'a workload of kind quic: ',
  posts: 'a workload of kind upload with a bandwidth: ',
  holds: 'a tier that proxies pass requests on to: ',
  stores: 'a tier of kind store: ',
  databases: 'a tier of kind database: ',
  pages: 'a workload of kind keep-alive with a page: ',
  jobs: 'a workload of kind job: ',
  tiers: 'a tier: ',
  release: 'a tier that is released: ',
}

function wantedIn(shape: Shape, step: string, root: string): string {
  if (shape === 'number') return 'the path to end before it'
  return shape === 'list'
    ? 'the number of a host, counted from 0'
    : `${choices[root] ?? ''}${oneOf(step, Object.keys(shape))}`
}

function below(shape: Shape, step: string): Shape | undefined {
  if (shape === 'number') return undefined
  if (shape === 'list') return /^\d{1,6}$/.test(step) ? 'number' : undefined
  return Object.hasOwn(shape, step) ? shape[step] : undefined
}

function shapeOf(names: Names): Shape {
  const each = (keys: readonly string[], shape: Shape) => Object.fromEntries(keys.map(key => [key, shape]))
  return {
    ...shapes,
    traffic: each(names.traffic, shapes.traffic),
    connections: each(names.connections, shapes.connections),
    packets: each(names.packets, shapes.packets),
    posts: each(names.posts, shapes.posts),
    publishes: each(names.mqtt, shapes.publishes),
    acks: each(names.mqtt, shapes.acks),
    moves: each(names.mqtt, shapes.moves),
    holds: each(names.behind, shapes.holds),
    stores: each(names.stores, shapes.stores),
    databases: each(names.databases, shapes.databases),
    sessions: each(names.mqtt, shapes.sessions),
    pages: each(names.pages, shapes.pages),
    jobs: each(names.jobs, shapes.jobs),
    tiers: each(names.tiers, shapes.tiers),
    release: each(names.release, shapes.release),
  }
}
