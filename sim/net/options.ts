import type {Distribution} from '../engine/distributions.ts'
import type {Duration, Time} from '../engine/time.ts'
import type {DatabaseOptions, DatabaseUse} from './database/options.ts'
import type {StoreOptions} from './store/options.ts'
import type {BackoffOptions, WorkloadOptions} from './workload-options.ts'

export * from './store/options.ts'
export * from './workload-options.ts'

/** What a simulated world is made of: plain data, times in microseconds, sizes in bytes, fractions in 0..1. */
export interface WorldOptions {
  /** The instant at which the run stops. */
  readonly end: Time
  /** Width of a bucket of the series: CPU, capacity, connections per host. */
  readonly resolution: Duration
  readonly tiers: Readonly<Record<string, TierOptions>>
  readonly traffic: Readonly<Record<string, WorkloadOptions>>
  readonly faults: readonly FaultOptions[]
  readonly changes?: readonly ChangeOptions[]
  /** Whether requests that nothing happens to are worked out together (`crowd/crowds.ts`), and not event by event. */
  readonly crowds?: boolean
}

export interface TierOptions {
  /**
   * A proxy passes requests on to its upstream; a server answers them; a broker keeps MQTT sessions; a store keeps values by
   * their keys, and a database rows.
   */
  readonly kind: 'proxy' | 'server' | 'broker' | 'store' | 'database'
  readonly hosts: number
  readonly cores: number
  readonly boot: BootOptions
  readonly cpu: CpuCosts
  readonly memory: MemoryOptions
  /** Longest accept queue, as the second argument of listen(2): `backlog + 1` connections fit (Linux). */
  readonly backlog: number
  /** Time that the kernel needs to close one socket of a killed process; its listeners close last. */
  readonly closeTime: Duration
  /** Requests that may wait for a core of one host, or that one proxy host may hold; a further one is answered 503. */
  readonly queue: number
  /** An idle keep-alive connection is closed after this. */
  readonly keepAlive: Duration
  /** When a draining process closes its idle keep-alive connections: all at once over `spread`, or after their next response. */
  readonly idleClose: {readonly when: 'drain' | 'response'; readonly spread: Duration}
  /** Whether a draining process says `Connection: close` (or GOAWAY) on its responses. */
  readonly saysClose: boolean
  /** The way into this tier, from clients or from the proxies in front. */
  readonly link: LinkOptions
  /** What its processes do with datagrams, if they speak QUIC. */
  readonly udp?: UdpOptions
  /** A device in front, such as an ELB, gives a request up that has had no answer for so long: 504. Infinity: there is none. */
  readonly frontTimeout: Duration
  /** The L4 balancer in front, if clients reach this tier without a proxy. */
  readonly behind?: L4lbOptions
  /** False for a proxy that ignores it when the process behind it asks for a tunnel to be moved. */
  readonly movesTunnels?: boolean
  /** What a broker keeps. */
  readonly session?: SessionOptions
  /** What a store keeps, and how it is replicated. */
  readonly store?: StoreOptions
  /** What a database has. */
  readonly holds?: DatabaseOptions
  /** The database that the requests of a server use. */
  readonly database?: DatabaseUse
  /** When a connection of a client is too old; without it none ever is. */
  readonly maxAge?: MaxAgeOptions
  /** What its processes do with jobs; without it they take none. */
  readonly jobs?: JobsOptions
  /** How many versions before its own a process still has the assets of; without it none. */
  readonly oldAssets?: number
  /** Where a proxy passes requests on to: one for each tier that it leads to. */
  readonly upstream?: readonly UpstreamOptions[]
}

/** A server that reads the VIP's UDP port with several sockets, each of which has a worker thread of its own. */
export interface UdpOptions {
  /** Sockets of one process, and so worker threads. */
  readonly sockets: number
  /** Core time of a packet at the worker that has its connection. */
  readonly packet: Duration
  /** Core time of passing a packet on to another process, on the one thread that does so. */
  readonly forward: Duration
  /** Packets that may wait for a thread; a further one is dropped. */
  readonly buffer: number
  /** Whether a worker hands a packet to the worker of its process whose number is in the connection ID. */
  readonly workerId: boolean
  /** Whether the L4 balancer routes by the host's number in the connection ID. */
  readonly serverId: boolean
  /** Whether a process answers a packet of a connection that it does not know (RFC 9000, 10.3). */
  readonly statelessReset: boolean
}

/** What a broker keeps for each user (MQTT 3.1.1, 4.1). */
export interface SessionOptions {
  /** How long it is kept when the user's connection is gone. */
  readonly life: Duration
  /** Whether a broker takes it over from another that lives and has it, when its user comes. */
  readonly takeover?: boolean
  /** Core time of a CONNECT: authentication, TLS, and making the context or finding it again. */
  readonly cpu: Duration
}

/** The greatest age of a connection, after which its client is asked to open another (gRFC A9). */
export interface MaxAgeOptions {
  readonly time: Duration
  /** The age is within this share of `time` more or less, anew for each connection. */
  readonly jitter: number
  /** How long what is under way may go on then; Infinity: until it ends. */
  readonly grace: Duration
  /**
   * Whether a first GOAWAY announces the end and a second, a round trip later, names the last request that will be answered;
   * or a single one refuses whatever is on its way just then.
   */
  readonly goaway: 'two-step' | 'single'
}

export interface JobsOptions {
  /** Jobs that one process works on at a time. */
  readonly threads: number
  /** How long after SIGTERM a process gives back the jobs that are not done; Infinity: it does not. */
  readonly requeueAfter: Duration
}

export interface BootOptions {
  /** From the start of a process until it can serve. */
  readonly time: Distribution
  /** Cores that are kept busy for that time. */
  readonly cores: number
  /** For `warmup` after boot, CPU costs fall in a straight line from `slowdown` times to once their value. */
  readonly warmup: Duration
  readonly slowdown: number
}

/** Core time on the host that does the work. */
export interface CpuCosts {
  /** Of accepting one connection: TCP and TLS handshake. */
  readonly handshake: Duration
  /** Of passing on or parsing one request, on top of its service time. */
  readonly request: Duration
}

export interface MemoryOptions {
  /** Bytes of a process without connections. */
  readonly process: number
  /** Bytes of a connection. */
  readonly connection: number
}

/** One way; loss is drawn per packet and costs a retransmission time-out. */
export interface LinkOptions {
  readonly latency: Distribution
  readonly loss: number
}

export interface L4lbOptions {
  /** Machines that the routers spread flows over (ECMP). */
  readonly hosts: number
  /** What becomes of the flows when there are more or fewer of them: most take another, or as few as possible. */
  readonly ecmp: 'modulo' | 'resilient'
  /** From the death of an L4 host until routers send its flows to others. */
  readonly failover: Duration
  /** How a new flow gets its real. */
  readonly pick: 'maglev' | 'random' | 'least-connections'
  /** What the hash is taken of; with the source address a client comes back to the same real. */
  readonly hash: '5-tuple' | 'source-address'
  /** Flows that the connection table (LRU) of one L4 host remembers. */
  readonly connectionTable: number
  /** Flows that the table remembers which all L4 hosts share; 0: there is none. */
  readonly globalTable: number
  /** Forwarding cores of one L4 host. */
  readonly cores: number
  /** New flows per second and core above which no more are entered in the table. */
  readonly floodRate: number
  /** An entry of a UDP flow that was idle for longer is ignored. */
  readonly udpTimeout: Duration
  /** Whether packets of TCP name their real in an option, as Katran has it for internal traffic. */
  readonly tcpServerId: boolean
  readonly probe: ProbeOptions
}

export interface ProbeOptions {
  readonly interval: Duration
  /** How long an answer may take; only a dead host lets it pass. */
  readonly timeout: Duration
  /** Failures in a row that take a host out. */
  readonly fall: number
  /** Successes in a row that take it back in. */
  readonly rise: number
  /** Where in the interval a prober asks: anywhere, or the k-th of n reals at k/n of it (as HAProxy does). */
  readonly phase: 'random' | 'spread'
}

export interface UpstreamOptions {
  readonly to: string
  /** By default at random, and a broker by the consistent hash of the user's id. */
  readonly pick?: 'random' | 'round-robin' | 'least-connections' | 'consistent-hash'
  readonly probe: ProbeOptions
  /** Whether connections to servers are kept open between requests. */
  readonly persistent: boolean
  /** Other servers that are tried when one refuses the connection, or does not answer the SYN in `connectTimeout`. */
  readonly redispatch: number
  readonly connectTimeout: Duration
  /** For how long a request that no server takes is tried again, every `tryInterval` (Caddy: `lb_try_duration`); 0: never. */
  readonly tryDuration: Duration
  readonly tryInterval: Duration
  /** From a proxy's look whether it is to hold a request to its choice of a server. */
  readonly claim: Duration
  /** Whether an idempotent request is sent again when its server goes away before it answers. */
  readonly retryIdempotent: boolean
  /** For so long after it comes into rotation a host is chosen less often than others, where that is at random (Envoy: slow start). */
  readonly slowStart?: Duration
  /** Whether a page gets hosts that run its version for as long as there are any, even if they have left the pool. */
  readonly versionAffinity?: boolean
  /** Whether a server sees an upload only once the whole body is there (NGINX: `proxy_request_buffering`). */
  readonly bufferUploads: boolean
  /** The way there, where it is not the tier's own. */
  readonly link?: LinkOptions
  /** Without it a proxy does not know 379. */
  readonly replay?: ReplayOptions
  /** Where requests are streams of a few HTTP/2 connections, which go through the L4 balancer of `to`. */
  readonly http2?: Http2Options
}

/** What a proxy does with a 379: Partial POST Replay (Zero Downtime Release, 4.3). */
export interface ReplayOptions {
  /** How often one POST is replayed before its user gets a 500; a proxy with 0 does not know 379. */
  readonly replays: number
  /** Bytes per second into or out of one host of the next tier, for bodies that go back and come again. */
  readonly bandwidth: number
  /** Whether it remembers where in a chunk the body was cut. */
  readonly chunkState: boolean
}

export interface Http2Options {
  /** Kept open by each process of the proxy. */
  readonly connections: number
  /** How long after a GOAWAY new streams may still use its connection (the wait of a double GOAWAY; Proxygen: 5 s). */
  readonly goawayWait: Duration
  /** How long after a failed attempt to open a connection the next one is made. */
  readonly reopen: Duration
}

/** What is wrong with the 379s of a server: no message tells them from any other status, or they return too much or too little. */
export type PostFault = 'bare-379' | 'long-379' | 'short-379'

/**
 * host-dies: a host loses power; its packets go nowhere until it comes back, booting, after `lasts`.
 * host-stalls: the processes of a host hang for `lasts`; their sockets go on taking connections that nobody accepts.
 * bare-379, long-379, short-379: the 379s of a server host are wrong, as `PostFault` has it.
 * host-isolated: the other hosts of its tier, and who watches them, do not reach it; clients do.
 * long-query: a report reads all tables of a database for `lasts`, with the lock of any read.
 * l4-host-dies: a host of the L4 balancer forwards nothing until it comes back, with an empty table, after `lasts`.
 */
export interface FaultOptions {
  readonly kind: 'host-dies' | 'host-stalls' | 'host-isolated' | 'l4-host-dies' | 'long-query' | PostFault
  readonly at: Time
  /** `edge`, or `edge/l4` for the balancer in front of it. */
  readonly tier: string
  /** Counted from 0. */
  readonly host: number
  /** Infinity: for good. */
  readonly lasts: Duration
}

/**
 * What somebody does while the run goes on: has hosts join a tier, once they have booted, or leave it with what they have,
 * or has clients of a workload that lose a connection wait otherwise, where what is not given stays as it was.
 */
export type ChangeOptions =
  | {readonly kind: 'adds'; readonly at: Time; readonly tier: string; readonly hosts: number}
  | {readonly kind: 'removes'; readonly at: Time; readonly tier: string; readonly host: number}
  | {
      readonly kind: 'reconnects'
      readonly at: Time
      readonly workload: string
      readonly backoff: Partial<BackoffOptions>
    }
