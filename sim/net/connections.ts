import {noTimer} from '../engine/simulator.ts'
import {Streams} from './proxy/streams.ts'
import {type Column, grown, Links} from './rows.ts'

/** Where a connection stands, seen with the eyes of the one who knows most. */
export const State = {
  /** Not a connection. */
  free: 0,
  /** The client has none at the moment. */
  closed: 1,
  /** The client waits before it tries again. */
  waiting: 2,
  /** A SYN is on its way, or its timer runs. */
  connecting: 3,
  /** In an accept queue; the process will come to it at a known time. */
  queued: 4,
  /** In the accept queue of a process that does not accept. */
  stuck: 5,
  /** Accepted, and what the client asked for is on its way. */
  asking: 6,
  /** A request on a connection that was idle is on the wire to the process. */
  sending: 7,
  /** The body of an upload arrives. */
  uploading: 8,
  /** A core works on the answer, or is booked to. */
  serving: 9,
  /** Idle between requests, or an open WebSocket. */
  open: 10,
  /** The host at the other end lost power; the client does not know. */
  lost: 11,
  /** The kernel has answered the SYN and waits for the client's ACK. */
  halfOpen: 12,
  /** What the client asked for is there, but the process hangs. */
  unread: 13,
  /** All that the answer takes is there, but the process hangs. */
  unanswered: 14,
  /** A QUIC server has had the client's Initial. */
  greeted: 15,
  /** An open QUIC connection, as the client believes. */
  datagrams: 16,
  /** The second of two QUIC connections of one client, of which the client knows nothing. */
  orphaned: 17,
  /** Its server hands back to the proxy what it has of the body. */
  returning: 18,
  /** Its server has asked the database, and waits for what that says. */
  querying: 19,
} as const

/**
 * Every connection of every client as one row of typed columns: some 100 bytes each, however many there are.
 * Rows of clients who are done are used again, the last one first.
 */
export class Connections {
  state = new Uint8Array(0)
  workload = new Uint16Array(0)
  /** The one event that the row waits for. */
  timer = new Float64Array(0)
  /** When what the client is owed began. */
  startedAt = new Float64Array(0)
  /** When the client stops waiting for its connection. */
  connectBy = new Float64Array(0)
  /** When the client stops waiting for its answer. */
  answerBy = new Float64Array(0)
  /**
   * Core time of the answer · mqtt: when the client changes to another connection · quic: when the server's answer to the
   * Initial is there; Infinity if it is lost.
   */
  work = new Float64Array(0)
  /** uploads: how long the body takes · websockets: when the user leaves · keep-alive: when the connection was closed. */
  span = new Float64Array(0)
  /** keep-alive: when it was last used · quic: when last heard of, or asked for · clients that wait: how long. */
  since = new Float64Array(0)
  /** Who the client is: its source address. */
  address = new Uint32Array(0)
  /** What balancers and kernels make of the flow's addresses and ports. */
  hash = new Uint32Array(0)
  /** When its SYN passed the balancer. */
  synAt = new Float64Array(0)
  /** The process that accepted it; the socket while it is in an accept queue; -1. */
  process = new Int32Array(0)
  /** The process that accepted this attempt, even if it has lost it since; -1. */
  acceptedBy = new Int32Array(0)
  /** The worker thread of the process that has a QUIC connection. */
  worker = new Uint8Array(0)
  /** Connections that this client opened. */
  attempts = new Uint16Array(0)
  /** Tries in a row without success. */
  tries = new Uint8Array(0)
  /** SYNs or Initials of this attempt that were lost. */
  syns = new Uint8Array(0)
  /** Servers that a proxy has tried for this request without success. */
  hops = new Uint8Array(0)
  /** The last of them that did not say a word, by its place in its tier; -1. */
  silent = new Int32Array(0)
  /** Why the client's wait is in vain, if it is. */
  cause = new Uint8Array(0)
  /** 1 once observers were told that it is open. */
  opened = new Uint8Array(0)
  /** keep-alive: 1 while it will be looked at when its idle time may be over. */
  watched = new Uint8Array(0)
  /** Times that the connection broke under the client. */
  bounces = new Uint16Array(0)
  /** Lists by the process or socket that holds the connection. */
  readonly held = new Links()
  /** What was passed on to other tiers. */
  readonly streams: Streams

  private capacity = 0
  private used = 0
  private readonly freed: number[] = []

  /** `tiers`: the most that one row passes through. */
  constructor(tiers: number) {
    this.streams = new Streams(Math.max(1, tiers - 1))
  }

  /** A row for a new client, closed and with nothing to wait for. */
  add(workload: number, address: number): number {
    const row = this.freed.pop() ?? this.append()
    this.state[row] = State.closed
    this.workload[row] = workload
    this.address[row] = address
    this.timer[row] = noTimer
    this.process[row] = -1
    this.acceptedBy[row] = -1
    this.attempts[row] = 0
    this.tries[row] = 0
    this.hops[row] = 0
    this.silent[row] = -1
    this.bounces[row] = 0
    this.opened[row] = 0
    this.span[row] = Number.NEGATIVE_INFINITY
    return row
  }

  free(row: number): void {
    this.state[row] = State.free
    this.freed.push(row)
  }

  /** One more than the highest row in use. */
  get end(): number {
    return this.used
  }

  private append(): number {
    if (this.used === this.capacity) this.grow(Math.max(1024, this.capacity * 2))
    return this.used++
  }

  private grow(capacity: number): void {
    this.capacity = capacity
    for (const name of columns) Object.assign(this, {[name]: grown<Column>(this[name], capacity)})
    this.held.grow(capacity)
    this.streams.grow(capacity)
  }
}

const columns = [
  'state',
  'workload',
  'timer',
  'startedAt',
  'connectBy',
  'answerBy',
  'work',
  'span',
  'since',
  'address',
  'hash',
  'synAt',
  'process',
  'acceptedBy',
  'worker',
  'attempts',
  'tries',
  'syns',
  'hops',
  'silent',
  'cause',
  'opened',
  'watched',
  'bounces',
] as const
