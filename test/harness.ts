import {exponential, fixed, forever} from '../sim/engine/distributions.ts'
import {hours, millis, minutes, seconds} from '../sim/engine/time.ts'
import type {Report} from '../sim/metrics/report.ts'
import type {AppVersion, DatabaseOptions, DatabaseUse} from '../sim/net/database/options.ts'
import type {
  ChangeOptions,
  FaultOptions,
  HttpWorkload,
  KeepAliveWorkload,
  L4lbOptions,
  LinkOptions,
  MqttWorkload,
  ProbeOptions,
  QuicWorkload,
  TierOptions,
  UdpOptions,
  UploadWorkload,
  UpstreamOptions,
  WebSocketWorkload,
  WorkloadOptions,
} from '../sim/net/options.ts'
import {run} from '../sim/run.ts'
import type {OptionValue, ReleasePlan, Scenario} from '../sim/scenario/scenario.ts'
import type {RunOptions} from '../sim/simulate.ts'

/** Everything below costs nothing, loses nothing and takes no time unless a test says so. */
const instant: LinkOptions = {latency: fixed(0), loss: 0}

export const probe = (options: Partial<ProbeOptions> = {}): ProbeOptions => ({
  interval: seconds(1),
  timeout: seconds(1),
  fall: 2,
  rise: 2,
  phase: 'random',
  ...options,
})

export const l4lb = (options: Partial<L4lbOptions> = {}): L4lbOptions => ({
  hosts: 1,
  pick: 'maglev',
  hash: '5-tuple',
  ecmp: 'modulo',
  failover: seconds(1),
  connectionTable: 8_000_000,
  globalTable: 0,
  cores: 1,
  floodRate: 125_000,
  udpTimeout: seconds(30),
  tcpServerId: false,
  probe: probe(),
  ...options,
})

export const upstream = (to: string, options: Partial<UpstreamOptions> = {}): readonly UpstreamOptions[] => [
  {
    to,
    pick: 'random',
    probe: probe(),
    persistent: true,
    redispatch: 3,
    connectTimeout: seconds(5),
    tryDuration: 0,
    tryInterval: millis(250),
    claim: 0,
    retryIdempotent: false,
    bufferUploads: false,
    replay: {replays: 10, bandwidth: 1.25e9, chunkState: true},
    ...options,
  },
]

/** A few HTTP/2 connections through the balancer of `to`. */
export const http2 = (to: string, options: Partial<UpstreamOptions> = {}): readonly UpstreamOptions[] =>
  upstream(to, {http2: {connections: 4, goawayWait: seconds(5), reopen: seconds(1)}, ...options})

const tier: Omit<TierOptions, 'kind' | 'hosts'> = {
  cores: 8,
  boot: {time: fixed(seconds(2)), cores: 0, warmup: 0, slowdown: 1},
  cpu: {handshake: 0, request: 0},
  memory: {process: 0, connection: 0},
  backlog: 4096,
  closeTime: 0,
  queue: Number.POSITIVE_INFINITY,
  keepAlive: hours(10),
  frontTimeout: Infinity,
  idleClose: {when: 'drain', spread: 0},
  saysClose: true,
  link: instant,
}

/** Proxies behind an L4 balancer; they answer by themselves unless they have an upstream. */
export const proxies = (hosts: number, options: Partial<TierOptions> = {}): TierOptions => ({
  ...tier,
  kind: 'proxy',
  hosts,
  behind: l4lb(),
  ...options,
})

export const servers = (hosts: number, options: Partial<TierOptions> = {}): TierOptions => ({
  ...tier,
  kind: 'server',
  hosts,
  ...options,
})

const request = {
  connectTimeout: seconds(10),
  requestTimeout: hours(100),
  idempotent: true,
  retry: {attempts: 0, budget: 0.2, base: millis(100), factor: 2, cap: seconds(5), jitter: 'full'},
} as const

const constant = (perSecond: number) => ({kind: 'constant', perSecond}) as const

export const http = (to: string, perSecond: number, options: Partial<HttpWorkload> = {}): HttpWorkload => ({
  kind: 'http',
  to,
  rate: constant(perSecond),
  service: fixed(0),
  ...request,
  ...options,
})

export const keepAlive = (
  to: string,
  connections: number,
  perSecond: number,
  options: Partial<KeepAliveWorkload> = {},
): KeepAliveWorkload => ({
  kind: 'keep-alive',
  to,
  connections,
  rate: constant(perSecond),
  service: fixed(0),
  ...request,
  ...options,
})

export const uploads = (to: string, perSecond: number, options: Partial<UploadWorkload> = {}): UploadWorkload => ({
  kind: 'upload',
  to,
  rate: constant(perSecond),
  duration: exponential(seconds(10)),
  service: fixed(0),
  ...request,
  idempotent: false,
  ...options,
})

export const websockets = (
  to: string,
  connections: number,
  lifetime: WebSocketWorkload['lifetime'],
  options: Partial<WebSocketWorkload> = {},
): WebSocketWorkload => ({
  kind: 'websocket',
  to,
  connections,
  lifetime,
  message: seconds(30),
  connectTimeout: seconds(10),
  reconnect: {base: seconds(1), factor: 2, cap: minutes(1), jitter: 'full'},
  ...options,
})

/** Eight sockets, each read by a worker to whom packets cost nothing. */
export const udp = (options: Partial<UdpOptions> = {}): UdpOptions => ({
  sockets: 8,
  packet: 0,
  forward: 0,
  buffer: 1_000,
  workerId: true,
  serverId: true,
  statelessReset: true,
  ...options,
})

export const quic = (
  to: string,
  connections: number,
  lifetime: QuicWorkload['lifetime'],
  options: Partial<QuicWorkload> = {},
): QuicWorkload => ({
  kind: 'quic',
  to,
  connections,
  lifetime,
  packet: seconds(5),
  idleTimeout: minutes(1),
  zeroRtt: true,
  connectTimeout: seconds(10),
  reconnect: {base: seconds(1), factor: 2, cap: minutes(1), jitter: 'full'},
  ...options,
})

/** What a broker keeps, for an hour, and at no cost. */
export const brokers = (hosts: number, options: Partial<TierOptions> = {}): TierOptions => ({
  ...tier,
  kind: 'broker',
  hosts,
  session: {life: hours(1), cpu: 0},
  ...options,
})

/** One table `users`, of whose rows each has a name. */
export const database = (options: Partial<DatabaseOptions> = {}, rows = 1_000): TierOptions => ({
  ...tier,
  kind: 'database',
  hosts: 1,
  holds: {tables: {users: {rows, columns: ['name']}}, maxConnections: 1_000, ...options},
})

export const reads = (...columns: string[]) => ({
  writes: (...written: string[]): AppVersion => ({reads: columns, writes: written, requires: [], tolerates: []}),
})

/** From a program that knows `name` alone to one that knows `full_name` alone, by way of two that write both. */
export const renaming: readonly AppVersion[] = [
  reads('name').writes('name'),
  reads('name').writes('name', 'full_name'),
  reads('full_name').writes('name', 'full_name'),
  reads('full_name').writes('full_name'),
]

/** What servers ask `db`; queries take a millisecond. */
export const uses = (options: Partial<DatabaseUse> = {}): DatabaseUse => ({
  to: 'db',
  table: 'users',
  pool: 10,
  query: fixed(millis(1)),
  writes: 0.5,
  columnCache: 0,
  versions: renaming,
  ...options,
})

/** Tunnels of users who never go and publish nothing. */
export const mqtt = (to: string, connections: number, options: Partial<MqttWorkload> = {}): MqttWorkload => ({
  kind: 'mqtt',
  to,
  connections,
  lifetime: forever,
  renewal: forever,
  keepAlive: minutes(1),
  publish: {up: {every: Infinity, qos: 0, gap: 'buffer'}, down: {every: Infinity, qos: 0, gap: 'buffer'}},
  resumes: false,
  connectTimeout: seconds(10),
  reconnect: {base: seconds(1), factor: 2, cap: minutes(1), jitter: 'full'},
  ...options,
})

export interface Play {
  readonly end: number
  readonly tiers: Record<string, TierOptions>
  readonly traffic?: Record<string, WorkloadOptions>
  readonly faults?: readonly FaultOptions[]
  readonly changes?: readonly ChangeOptions[]
  /** Tier, strategy, options and start of a release. */
  readonly release?: readonly ReleasePlan[]
  readonly resolution?: number
}

export const release = (
  tier: string,
  strategy: string,
  options: Record<string, OptionValue> = {},
  at = seconds(10),
): ReleasePlan => ({tier, strategy, at, options})

export function scenario({
  end,
  tiers,
  traffic = {},
  faults = [],
  changes = [],
  release = [],
  resolution = seconds(10),
}: Play): Scenario {
  return {
    name: 'a-test',
    title: 'A test',
    question: 'Does it hold?',
    seed: 1,
    expect: [],
    releases: release,
    world: {end, resolution, tiers, traffic, faults, changes},
  }
}

export function play(it: Play, seed = 1, options: Omit<RunOptions, 'seed'> = {}): Report {
  return run(scenario(it), {...options, seed}).report
}
