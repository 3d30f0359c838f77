import type {Distribution} from '../engine/distributions.ts'
import type {Duration, Time} from '../engine/time.ts'
import type {LinkOptions} from './options.ts'

interface Workload {
  /** The tier that answers. */
  readonly to: string
  /** The tier that clients connect to, where several lead to `to`. */
  readonly via?: string
  /** Its clients' way to the entry tier, where it is not the tier's own. */
  readonly link?: LinkOptions
  /** How long a client waits for its connection, SYN retries included. */
  readonly connectTimeout: Duration
}

interface Requests extends Workload {
  readonly rate: RateCurve
  /** Core time on the host that answers. */
  readonly service: Distribution
  /** How long a client waits for its answer, counted from when it asked (uploads: from the last byte). */
  readonly requestTimeout: Duration
  /** How long a person waits before going away, if people do. */
  readonly patience?: Distribution
  readonly idempotent: boolean
  readonly retry: RetryOptions
}

/** Short requests, each on a connection of its own. */
export interface HttpWorkload extends Requests {
  readonly kind: 'http'
}
/** Requests over a pool of connections that stay open between them. */
export interface KeepAliveWorkload extends Requests {
  readonly kind: 'keep-alive'
  readonly connections: number
  /** Where each of its clients has a page open, whose requests are for what belongs to the version that it was loaded in. */
  readonly page?: PageOptions
}
/** A page in a browser tab. */
export interface PageOptions {
  /** From its loading until its user closes it. */
  readonly life: Distribution
  /** From the first answer of another version until its user, who is told of that, loads it again; mean Infinity: never. */
  readonly reload: Distribution
  /** Time between the releases before the run, so that old pages are of old versions; Infinity: there were none. */
  readonly released: Duration
}
/** Requests whose body takes `duration` to arrive; the answer is worked out when the last byte is there. */
export interface UploadWorkload extends Requests {
  readonly kind: 'upload'
  readonly duration: Distribution
  /** Bytes per second that a user sends, so that a body has a size; without it only its time is told. */
  readonly bandwidth?: number
  /** Bytes of one chunk (`Transfer-Encoding: chunked`); without it the length is told before (`Content-Length`). */
  readonly chunk?: number
}
/** Sessions of users who keep one connection open and come back when it breaks. */
interface Sessions extends Workload {
  /** Users at the start, and on average where sessions end and begin. */
  readonly connections: number
  /** From a user's coming to its going, whatever happens to connections meanwhile; mean Infinity: nobody comes or goes. */
  readonly lifetime: Distribution
  readonly reconnect: BackoffOptions
}
export interface WebSocketWorkload extends Sessions {
  readonly kind: 'websocket'
  /** Time between messages of one client: how soon it notices a dead peer, and how fresh it is in the L4 table. */
  readonly message: Duration
}
/** The same over QUIC: the process alone knows of the connection, and every packet has to find it. */
export interface QuicWorkload extends Sessions {
  readonly kind: 'quic'
  /** Time between packets of one client. */
  readonly packet: Duration
  /** A connection of which nothing has been heard for so long is over (RFC 9000, 10.1). */
  readonly idleTimeout: Duration
  /** Whether a client that comes back sends its data with its first packet (0-RTT). */
  readonly zeroRtt: boolean
}
/** Things to be done some time, which wait in a queue until a worker has a thread for them. */
export interface JobWorkload {
  readonly kind: 'job'
  readonly to: string
  /** Nobody connects to anybody. */
  readonly via?: never
  readonly link?: never
  readonly connectTimeout?: never
  readonly rate: RateCurve
  /** How long a thread is busy with one. */
  readonly duration: Distribution
  /** How long the queue gives a job that was taken to nobody else; Infinity: it looks after it no more. */
  readonly visibility: Duration
}
export type RequestWorkload = HttpWorkload | KeepAliveWorkload | UploadWorkload
/** Sessions of MQTT (OASIS, 3.1.1), which a broker keeps while connections come and go. */
export interface MqttWorkload extends Sessions {
  readonly kind: 'mqtt'
  /** How long a client keeps a connection before it changes to another by itself: another network, a NAT's time-out. */
  readonly renewal: Distribution
  /** Longest time between packets of a client, which says PINGREQ if it has nothing to publish. */
  readonly keepAlive: Duration
  /** From clients, and to them. */
  readonly publish: {readonly up: PublishOptions; readonly down: PublishOptions}
  /** Whether a client that its Edge asks to reconnect changes to a fresh connection before it leaves the old one. */
  readonly resumes: boolean
}
export interface PublishOptions {
  /** Between publishes of one user; Infinity: none. */
  readonly every: Duration
  /** 0: sent once; 1: sent until it is acknowledged, and so perhaps twice. */
  readonly qos: 0 | 1
  /** What becomes of publishes of QoS 0 while there is no way through: they wait at whoever cannot send them, or are lost. */
  readonly gap: 'buffer' | 'lose'
}
/** What the hosts of an application ask of a store. */
export interface CommandsWorkload extends Workload {
  readonly kind: 'commands'
  /** Hosts of the application, each with connections to one node. */
  readonly hosts: number
  readonly writes: RateCurve
  readonly reads: RateCurve
  /** Each is as likely as any other. */
  readonly keys: number
  /** How long a client waits for the answer of a node that it is connected to. */
  readonly requestTimeout: Duration
  /** How long a host's resolver keeps what the store's name leads to; 0: it always asks. */
  readonly ttl: Duration
  /** How long a blocking command may keep a host's connections where they are; 0: there are none. */
  readonly blocking: Duration
  /** Whether a write may be asked for again though it may have been executed. */
  readonly idempotent: boolean
  readonly retry: RetryOptions
}
export type SessionWorkload = WebSocketWorkload | QuicWorkload | MqttWorkload
export type ConnectingWorkload = RequestWorkload | SessionWorkload
export type WorkloadOptions = ConnectingWorkload | CommandsWorkload | JobWorkload

/** Whether what is counted are connections that are kept, and not requests that are answered. */
export const isSession = (workload: WorkloadOptions): workload is SessionWorkload => 'lifetime' in workload

/** Requests per second over time; between points in a straight line, a day as a sine. */
export type RateCurve =
  | {readonly kind: 'constant'; readonly perSecond: number}
  | {readonly kind: 'points'; readonly points: readonly {readonly at: Time; readonly perSecond: number}[]}
  | {
      readonly kind: 'day'
      readonly mean: number
      /** Peak over mean, less one: 0.5 swings between half and one and a half times the mean. */
      readonly swing: number
      readonly period: Duration
      readonly peakAt: Time
    }

/** The k-th wait (from 0) grows from `base` by `factor` up to `cap`; jitter as AWS named its kinds. */
export interface BackoffOptions {
  /** The first wait, where it has a law of its own. */
  readonly first?: Distribution
  readonly base: Duration
  readonly factor: number
  readonly cap: Duration
  readonly jitter: 'none' | 'equal' | 'full' | 'decorrelated'
}

export interface RetryOptions extends BackoffOptions {
  /** Tries after the first. */
  readonly attempts: number
  /** Retries may be at most this share of a workload's requests. */
  readonly budget: number
}
