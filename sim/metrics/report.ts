import type {Direction, Outcome} from '../net/events.ts'
import type {Status} from '../net/posts/status.ts'
import type {DatabaseReport} from './databases.ts'
import type {StoreReport} from './stores.ts'

/**
 * What one run of one strategy came to. Times are seconds, fractions 0..1, all else counts.
 * For every workload: started = completed + refused + reset + aborted + timedOut + failed + misrouted + open.
 */
export interface Report {
  readonly schema: 'zdr-report/1'
  readonly scenario: string
  readonly seed: number
  /** Simulated seconds. */
  readonly end: number
  /** Tier → strategy. */
  readonly strategies: Readonly<Record<string, string>>
  readonly traffic: Readonly<Record<string, TrafficReport>>
  /** Only workloads that keep connections: keep-alive and websocket. */
  readonly connections: Readonly<Record<string, ConnectionsReport>>
  /** Only workloads over QUIC; absent if there is none. */
  readonly packets?: Readonly<Record<string, PacketsReport>>
  /** Only uploads whose users have a bandwidth; absent if there are none. */
  readonly posts?: Readonly<Record<string, PostsReport>>
  /** Only where there is MQTT: what became of publishes, by workload and direction, and of tunnels that were to move. */
  readonly publishes?: Readonly<Record<string, Readonly<Record<Direction, PublishesReport>>>>
  readonly acks?: Readonly<Record<string, AcksReport>>
  readonly moves?: Readonly<Record<string, MovesReport>>
  /** Only tiers whose requests proxies held, or might have held; absent if there are none. */
  readonly holds?: Readonly<Record<string, HoldReport>>
  /** Only tiers that are stores; absent if there are none. */
  readonly stores?: Readonly<Record<string, StoreReport>>
  /** Only where there are databases. */
  readonly databases?: Readonly<Record<string, DatabaseReport>>
  /** Only where brokers take sessions over from each other. */
  readonly sessions?: Readonly<Record<string, SessionsReport>>
  /** Only workloads whose clients have pages open; absent if there are none. */
  readonly pages?: Readonly<Record<string, PagesReport>>
  /** Only workloads that are jobs; absent if there are none. */
  readonly jobs?: Readonly<Record<string, JobsReport>>
  readonly tiers: Readonly<Record<string, TierReport>>
  readonly release: Readonly<Record<string, ReleaseReport>>
  readonly disruption: {readonly count: number; readonly fraction: number}
  readonly expect: readonly ExpectReport[]
  /** Promises that the strategy broke: a host left on the old version, an old process still there. */
  readonly warnings: readonly string[]
  /** Events that were run, and requests that took none, for they were worked out together (docs/model.md). */
  readonly engine: {readonly events: number; readonly crowd: number}
}

/** How the outcomes of `sim/net/events.ts` are spelled in a report. */
export type OutcomeName = 'timedOut' | Exclude<Outcome, 'timed-out'>

export interface TrafficReport extends Readonly<Record<OutcomeName, number>> {
  readonly started: number
  readonly open: number
  /** Of everything that did not complete. */
  readonly causes: Readonly<Record<string, number>>
  /** Of what completed, in seconds: of requests until the answer, of connections until they were open. Null if none did. */
  readonly latency: Readonly<Record<'p50' | 'p90' | 'p99' | 'max', number | null>>
}

export interface ConnectionsReport {
  /** Broken connections per client: its own fault never counts. */
  readonly bounces: {readonly mean: number; readonly max: number}
  readonly reconnects: {readonly total: number; readonly peakPerSecond: number}
  /** Idle keep-alive connections that a process closed, draining or because their idle time was up. */
  readonly closedIdle: number
  /** Only where connections have a greatest age: those that ended because of it, in all and in the busiest second. */
  readonly aged?: {readonly total: number; readonly peakPerSecond: number}
  /** Open connections on each host of the entry tier at the end. */
  readonly perHost: readonly number[]
  /** Highest number of connections on one host at any time, over the mean number per host at the start. */
  readonly peakOverMean: number
}

/** What became of the packets that clients sent: sent = delivered + dropped, dropped = misrouted + overflowed + unread + lost. */
export interface PacketsReport {
  readonly sent: number
  /** To the connection that they belong to, or open; those that are handed on, forwarded and duplicates are among them. */
  readonly delivered: number
  /** By way of another worker of the process. */
  readonly handed: number
  /** By way of another process of the host. */
  readonly forwarded: number
  /** Initials that opened a second connection. */
  readonly duplicates: number
  readonly dropped: number
  /** Read by a process, or on a host, that does not have the connection. */
  readonly misrouted: number
  /** Stateless resets that answered them. */
  readonly resets: number
  /** Found the queue of a thread full. */
  readonly overflowed: number
  /** Came to a socket that nobody reads, or to a port that nobody is bound to. */
  readonly unread: number
  /** On the link, to an empty ring or to a host without power. */
  readonly lost: number
  /** Most that were dropped within one whole second. */
  readonly peakDroppedPerSecond: number
  /** Most that were misrouted on one host. */
  readonly mostMisroutedOnOneHost: number
}

/** What became of POSTs whose server had to go before it had all of their bodies (Zero Downtime Release, 4.3). */
export interface PostsReport {
  /** Those that ended in any way but well, and their share of all that began. */
  readonly disrupted: {readonly count: number; readonly fraction: number}
  /** 379s that proxies received from servers. */
  readonly handedBack: number
  /** POSTs that were sent to another server after a 379. */
  readonly replayed: number
  /** How often that was done, in all and to each of them. */
  readonly replays: {readonly total: number; readonly mean: number; readonly max: number}
  /** 307s that sent users elsewhere. */
  readonly redirected: number
  readonly bytes: {
    /** Of bodies that were answered 200. */
    readonly received: number
    /** Of bodies, from servers back to proxies and from there to other servers. */
    readonly returned: number
    readonly resent: number
    /** Headers and framing of both. */
    readonly headers: number
    /** What users had sent in vain when they got a 307. */
    readonly repeated: number
  }
  /** Most bytes of bodies that one proxy host kept at a time. */
  readonly proxyMemory: {readonly peak: number}
  /** Answers that users saw, by status. */
  readonly answers: Readonly<Record<Status, number>>
}

export interface TierReport {
  readonly hosts: number
  /** Share of hosts in rotation with a process that accepts, over the whole run. */
  readonly capacity: {readonly min: number; readonly mean: number}
  /** Share of all cores that is idle on hosts able to take new work. */
  readonly idleCpu: {readonly min: number; readonly mean: number}
  /** Highest memory of one host, bytes. */
  readonly memory: {readonly peak: number}
  /** Processes alive at the end. */
  readonly processes: {readonly old: number; readonly new: number}
  /** Only tiers with UDP sockets: bytes in them at the end that nobody will free before they are closed. */
  readonly udp?: {readonly leaked: number}
}

/**
 * Requests that proxies held for a tier: requests = expired + gone + those that went on, but for what is held at the end and
 * for a chain, whose expired go on as well.
 */
export interface HoldReport {
  readonly requests: number
  /** Most that were held at a time, by all proxies together. */
  readonly peak: number
  /** Of those that went on, seconds from their coming until a core began with them, its queue included. */
  readonly wait: Readonly<Record<'p50' | 'p99' | 'max', number | null>>
  /** Held for as long as they might be. */
  readonly expired: number
  /** Ended while they were held: their client went, or the proxy did. */
  readonly gone: number
  /** For whom the proxy had no room. */
  readonly refused: number
  /**
   * Seconds from the instant at which they went on until none was held and every host of the tier had been without a
   * queue once; of several times the longest, null if it never came to that.
   */
  readonly cleared: number | null
}

/** MQTT publishes of one direction: sent = delivered + lost + waiting. */
export interface PublishesReport {
  readonly qos: number
  readonly sent: number
  readonly delivered: number
  /** Of those delivered, how many had to wait for a way through, and for how long: seconds. */
  readonly delayed: number
  readonly delay: Readonly<Record<'p50' | 'p99' | 'max', number | null>>
  /** Delivered once more, for the acknowledgement of the first time was lost. */
  readonly duplicated: number
  readonly lost: number
  /** Not through when the run ended. */
  readonly waiting: number
  /** The worst and the best bucket of the run: what came in it, over what was sent in it. */
  readonly flow: {readonly min: number | null; readonly max: number | null}
}

/**
 * CONNACKs: new connections of MQTT clients. `before` is their mean number in a bucket until the first release begins;
 * peak and trough are the fullest and the emptiest bucket after that, over `before`, and when they begin.
 */
export interface AcksReport {
  readonly total: number
  readonly before: number | null
  readonly peak: number | null
  readonly peakAt: number | null
  readonly trough: number | null
  readonly troughAt: number | null
}

/** Tunnels that a leaving proxy asked to be moved. */
export interface MovesReport {
  readonly solicited: number
  readonly moved: number
  readonly refused: number
}

/** What became of open pages whose tier got another version. */
export interface PagesReport {
  /** Pages that were loaded, those that are open when the run begins among them. */
  readonly loaded: number
  /** Pages that asked for something that was there no more, or not yet, at least once. */
  readonly broken: number
  /** Requests for such things: the cause `asset-gone`. */
  readonly skewed: number
  /** Pages that their users loaded again because they were told to. */
  readonly reloaded: number
  /** Pages of an older version than their tier's that are open at the end. */
  readonly old: number
  /** From the beginning of the release until no page of an older version was open, seconds; null if some are, or without a release. */
  readonly lastOldAfter: number | null
}

/** What became of jobs when their workers had to go, beside how they ended (`traffic`). */
export interface JobsReport {
  readonly done: number
  /** Given back to the queue by a process that was told to go, once for each time. */
  readonly requeued: number
  /** In the hands of a process that was killed or lost power, until the visibility time-out, or for good. */
  readonly lost: number
  /** Jobs that were begun more than once. */
  readonly again: number
  /** How often a job was done that was done already. */
  readonly doneTwice: number
  /** Seconds that threads spent on what was given back, lost, or done already. */
  readonly thrownAway: number
}

/** What users found of their sessions as they came back to brokers that are a cluster. */
export interface SessionsReport {
  /** At the broker that they came to. */
  readonly kept: number
  /** At another, from which theirs took it over. */
  readonly takenOver: number
  /** Given to another broker by one that left, while their users were away. */
  readonly evacuated: number
  /** Gone: its broker had been killed, or had kept it for long enough. */
  readonly lost: number
}

/** Null where it had not come to that by the end. */
export interface ReleaseReport {
  readonly startedAt: number | null
  readonly finishedAt: number | null
  readonly duration: number | null
  /** Only where its operator called it off while it was under way. */
  readonly haltedAt?: number
}

export interface ExpectReport {
  readonly path: string
  readonly wanted: string
  readonly got: number | string | null
  readonly met: boolean
}
