import type {Distribution} from '../../engine/distributions.ts'
import type {Duration} from '../../engine/time.ts'

/** A primary and its replicas, as Redis has them (redis.conf, of which the names in brackets are). */
export interface StoreOptions {
  /** Bytes of all keys together, in memory as in a snapshot (RDB). */
  readonly dataset: number
  /** Bytes per second at which a snapshot is written to a disk or loaded from one. */
  readonly disk: number
  /** Bytes per second at which a snapshot goes from a node to another. */
  readonly bandwidth: number
  /** From the execution of a write at the primary until a replica has it. */
  readonly lag: Distribution
  /** Bytes of one write in the stream to the replicas. */
  readonly command: number
  /** Bytes of the stream that a primary remembers for replicas that were away (`repl-backlog-size`). */
  readonly backlog: number
  /** Bytes that may wait for a replica that loads a snapshot (`client-output-buffer-limit replica`). */
  readonly outputBuffer: number
  /** How long fork(2) stops a node. */
  readonly fork: Duration
  /** How old what is on the disk may be when the power fails (`appendfsync`); Infinity: nothing is on the disk. */
  readonly persist: Duration
  readonly minReplicas: MinReplicasOptions
  readonly sentinel: SentinelOptions
}

export interface MinReplicasOptions {
  /** Fewer than these, and a primary takes no writes (`min-replicas-to-write`); 0: it always does. */
  readonly count: number
  /** A replica of which nothing was heard for longer does not count (`min-replicas-max-lag`). */
  readonly maxLag: Duration
}

/** Those who watch the primary and put a replica in its place. */
export interface SentinelOptions {
  /** A primary that does not answer for so long is down (`down-after-milliseconds`); Infinity: nobody watches. */
  readonly downAfter: Duration
  /** From then until they have agreed on one who acts. */
  readonly vote: Distribution
  /** How long an old primary is let be before it is made a replica: four publish periods of 2 s (sentinel.c). */
  readonly convert: Duration
}
