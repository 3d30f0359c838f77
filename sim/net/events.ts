import type {Duration, Time} from '../engine/time.ts'

/** Index into the trace's table of actors: hosts, processes, balancers. */
export type ActorId = number

/** How a request or connection can end. Every one of them ends exactly once. */
export const outcomes = ['completed', 'refused', 'reset', 'aborted', 'timed-out', 'failed', 'misrouted'] as const
export type Outcome = (typeof outcomes)[number]

/**
 * Why something ended as it did, in the operator's words. The order is the format's: new ones go to the end.
 *
 * refused    no-listener
 * reset      accept-queue-closed · killed · killed-at-drain-end · closed-by-drain · idle-close-race · idle-timeout-race ·
 *            server-killed · proxy-killed (one behind the proxy that has the connection) · connect-refused · job-lost ·
 *            goaway-race · max-age · evicted
 * aborted    gave-up
 * timed-out  dead-host · no-host · accept-queue-full · connect-timeout · request-timeout · packets-lost
 * failed     server-lost (502) · no-server (503) · queue-full (503) · post-unfinished (500) · unexpected-status (500) ·
 *            replay-exhausted (500) · replay-miscounted (500) · broken-framing (400) · held-too-long (504) · backend-down (502) ·
 *            drain-timeout (504) · front-timeout (504) · read-only · no-replicas · loading · schema-error (500) ·
 *            no-connection (500) · asset-gone (404)
 * misrouted  forgotten-by-l4lb · unknown-connection
 */
export const causes = [
  'done',
  'no-listener',
  'accept-queue-closed',
  'killed',
  'killed-at-drain-end',
  'idle-close-race',
  'server-killed',
  'gave-up',
  'dead-host',
  'accept-queue-full',
  'connect-timeout',
  'request-timeout',
  'server-lost',
  'no-server',
  'queue-full',
  'forgotten-by-l4lb',
  'no-host',
  'idle-timeout-race',
  'closed-by-drain',
  'proxy-killed',
  'unknown-connection',
  'packets-lost',
  'post-unfinished',
  'unexpected-status',
  'replay-exhausted',
  'replay-miscounted',
  'broken-framing',
  'connect-refused',
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
  'job-lost',
  'goaway-race',
  'max-age',
  'evicted',
] as const
export type Cause = (typeof causes)[number]

export type AlterState = 'waits' | 'holds' | 'times out' | 'is cancelled' | 'done'
export type ProcessState = 'booting' | 'serving' | 'draining' | 'gone'

/** away: nobody answers there. */
export type NodeRole = 'primary' | 'replica' | 'away'
export type SyncState = 'full' | 'partial' | 'synced' | 'broken'

/** Few and told in full: what hosts, processes, balancers and operators do. */
export type ControlEvent =
  | {readonly kind: 'release'; readonly tier: string; readonly state: 'started' | 'finished'}
  | {readonly kind: 'batch'; readonly tier: string; readonly hosts: readonly ActorId[]}
  /** The operator calls a release off: no further batch begins. */
  | {readonly kind: 'halt'; readonly tier: string}
  /** The L4 balancer takes a host into its ring or out; `delta` slots changed owner. */
  | {
      readonly kind: 'rotate'
      readonly balancer: ActorId
      readonly host: ActorId
      readonly into: boolean
      readonly delta: number
    }
  /** Whether routers send flows to an L4 host, and whether it passes them on. */
  | {
      readonly kind: 'forwarding'
      readonly balancer: ActorId
      readonly announced: boolean
      readonly forwards: boolean
    }
  /** The proxies before a tier hold its requests, or go on. */
  | {readonly kind: 'hold'; readonly tier: string; readonly on: boolean}
  /** A host comes into the pool of its tier while the run goes on, or leaves it for good. */
  | {readonly kind: 'pool'; readonly tier: string; readonly host: ActorId; readonly joins: boolean}
  /** The share of those who probe a host that have it in rotation: 1 in, 0 out. */
  | {readonly kind: 'rotation'; readonly host: ActorId; readonly share: number}
  | {readonly kind: 'process'; readonly process: ActorId; readonly state: ProcessState}
  /** Listening sockets pass from one process to another. */
  | {readonly kind: 'sockets'; readonly from: ActorId; readonly to: ActorId}
  /** A process begins or ceases to listen. */
  | {readonly kind: 'listen'; readonly process: ActorId; readonly on: boolean}
  | {readonly kind: 'health'; readonly process: ActorId; readonly answers: boolean}
  | {readonly kind: 'power'; readonly host: ActorId; readonly on: boolean}
  /** A process hangs, or goes on; one that is gone does neither. */
  | {readonly kind: 'stall'; readonly process: ActorId; readonly on: boolean}
  /** What a node of a store is, and whether it would execute a write. */
  | {readonly kind: 'role'; readonly host: ActorId; readonly state: NodeRole; readonly writes: boolean}
  /** A replica gets from its primary what it lacks: all of it, or what the backlog has; a full one ends or breaks. */
  | {readonly kind: 'sync'; readonly from: ActorId; readonly host: ActorId; readonly state: SyncState}
  /** A release that has several steps begins the next one. */
  | {readonly kind: 'phase'; readonly tier: string; readonly phase: string}
  /** ALTER TABLE on the database of a host: it waits for its lock, has it or gives up, and is done. */
  | {readonly kind: 'alter'; readonly host: ActorId; readonly statement: string; readonly state: AlterState}

/**
 * What becomes of a QUIC packet.
 *
 * delivered   read by the worker that has its connection
 * handed      read by another worker of the same process, and handed over
 * forwarded   read by another process of the host, and forwarded
 * duplicate   an Initial that was sent again and has opened a second connection
 * unknown     misrouted: read by a process of the host that has it, which knows nothing of the connection
 * wrong-host  misrouted: read on another host
 * overflowed  found the queue of a thread full
 * unread      in a socket that nobody reads, or on a port that nobody is bound to
 * lost        on the way, or at a host without power
 */
export const fates = [
  'delivered',
  'handed',
  'forwarded',
  'duplicate',
  'unknown',
  'wrong-host',
  'overflowed',
  'unread',
  'lost',
] as const
export type Fate = (typeof fates)[number]

/** The messages that move a tunnel (Zero Downtime Release, section 4.2). */
export const tunnelMessages = ['reconnect-solicitation', 're-connect', 'connect-ack', 'connect-refuse'] as const
export type TunnelMessage = (typeof tunnelMessages)[number]

/** What becomes of a POST whose server has to go: its body comes back to a proxy (379), and goes out to another server. */
export const postSteps = ['handedBack', 'replayed'] as const
export type PostStep = (typeof postSteps)[number]

/** From clients to brokers, or from brokers to clients. */
export const directions = ['up', 'down'] as const
export type Direction = (typeof directions)[number]

/**
 * What becomes of an MQTT publish.
 *
 * delivered   on its way
 * held        later, when there was a way through again
 * repeated    a second time, for its PUBACK did not come (QoS 1); it was delivered before
 * lost        never
 * waiting     not yet when the run ended
 */
export const publishFates = ['delivered', 'held', 'repeated', 'lost', 'waiting'] as const
export type PublishFate = (typeof publishFates)[number]

/** Someone who is told everything that can be seen from outside. Numbers only on the traffic side: nothing is allocated. */
export interface Observer {
  control(at: Time, event: ControlEvent): void
  /** A request or a long-lived connection of a workload begins: from now on it is owed an answer. */
  started(at: Time, workload: number, row: number): void
  /** A connection is open at a process; `took` from the client's first SYN. */
  opened(at: Time, workload: number, row: number, process: ActorId, took: Duration): void
  /** A keep-alive or websocket connection that was open is no more; it is the `bounces`-th that broke under its client. */
  closed(at: Time, workload: number, row: number, process: ActorId, how: Closing, bounces: number): void
  /** A client that had a connection asks for a new one. */
  reconnects(at: Time, workload: number, row: number): void
  /** A QUIC client sent a packet; `host` is where it came to, or -1. */
  packet(at: Time, workload: number, host: ActorId, fate: number): void
  /** A message that moves a tunnel has come to `process`, or to its client: -1. */
  message(at: Time, workload: number, row: number, process: ActorId, what: number): void
  /** A POST whose server has to go takes a step on its way to another; it may take each several times. */
  post(at: Time, workload: number, row: number, step: number): void
  /** Publishes of one user, the first sent at `first` and each of the others `every` later; what is held came at `at`. */
  published(
    at: Time,
    workload: number,
    direction: number,
    fate: number,
    first: Time,
    every: Duration,
    count: number,
  ): void
  /** `process` is the one that accepted it, or -1; `took` since it started. */
  ended(at: Time, workload: number, row: number, process: ActorId, outcome: number, cause: number, took: Duration): void
}

/** by the client who is done, idle by a peer that drains or times out, because it was too old, or broken. */
export type Closing = 'done' | 'idle' | 'aged' | 'broken'

export const outcomeOf = (name: Outcome): number => outcomes.indexOf(name)
export const fateOf = (name: Fate): number => fates.indexOf(name)
export const causeOf = (name: Cause): number => causes.indexOf(name)
export const tunnelMessageOf = (name: TunnelMessage): number => tunnelMessages.indexOf(name)
export const postStepOf = (name: PostStep): number => postSteps.indexOf(name)
export const publishFateOf = (name: PublishFate): number => publishFates.indexOf(name)
