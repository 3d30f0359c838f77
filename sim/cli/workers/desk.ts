import {setTimeout} from 'node:timers/promises'
import type {Queue, QueueEvents} from 'bullmq'
import type {Redis} from 'ioredis'
import type {Cell} from '../../experiment/cell.ts'
import {isFailure, type Row} from '../../experiment/row.ts'
import {addressOf} from '../pool/address.ts'
import {repeatOf} from '../pool/cell.ts'
import {connect} from './connection.ts'
import {crewNotes, threadsOf} from './crew.ts'
import {tellOutages} from './outages.ts'
import type {Place} from './place.ts'
import {type Participant, Presence} from './presence.ts'
import {jobOf, prefix, queueName, reasonIn, rowIn} from './runs.ts'

/** So often it is looked whether all that was asked for is still there, in milliseconds. */
const pace = 3_000
/** Runs that are in the queue at a time: enough that no thread waits for the next one. */
const fewest = 32
const perThread = 4

export type Made = readonly [cell: Cell, row: Row]

interface Parts {
  readonly client: Redis
  readonly queue: Queue
  readonly events: QueueEvents
  readonly dead: Set<string>
}

/**
 * The sweep's side of the queue. It knows what it has asked for and has not been given; events say what came of that, and
 * now and then it looks for itself, for events are lost with a connection, and the queue with a Redis that keeps nothing.
 */
export class Desk {
  /** By address. */
  readonly #asked = new Map<string, Cell>()
  readonly #arrived = new Map<string, Row>()
  readonly #client: Redis
  readonly #queue: Queue
  readonly #events: QueueEvents
  readonly #presence: Presence
  /** Runs that were given up before; whoever asks anew wants to see for himself. */
  readonly #dead: Set<string>
  #room = fewest
  #lookDue = performance.now() + pace
  #wake = () => {}

  private constructor({client, queue, events, dead}: Parts, told: (all: readonly Participant[]) => void) {
    this.#client = client
    this.#queue = queue
    this.#events = events
    this.#dead = dead
    this.#presence = new Presence(client, {role: 'sweep', threads: 0}, all => this.#see(all, told))
    queue.on('error', () => {})
    events.on('error', () => {})
    events.on('completed', ({jobId, returnvalue}) => this.#completed(jobId, returnvalue))
    events.on('failed', ({jobId, failedReason}) => this.#failed(jobId, failedReason))
  }

  /** Throws a UserError if no Redis can be used there. */
  static async open(place: Place, tell: (note: string) => void): Promise<Desk> {
    const client = await connect(place)
    const {Queue, QueueEvents} = await import('bullmq')
    const queue = new Queue(queueName, {connection: client, prefix, streams: {events: {maxLen: 1_000}}})
    const events = new QueueEvents(queueName, {connection: client, prefix})
    const dead = await queue.getRanges(['failed'])
    tellOutages(client, place, tell)
    return new Desk({client, queue, events, dead: new Set(dead)}, crewNotes(place, tell))
  }

  /** Whether all that was asked for has been given. */
  get isIdle(): boolean {
    return this.#asked.size === 0
  }

  /** Asks for as many more as there is room for. */
  async ask(cells: Iterator<Cell>): Promise<void> {
    const addresses: string[] = []
    while (this.#asked.size < this.#room) {
      const next = cells.next()
      if (next.done) break
      const address = addressOf(next.value)
      this.#asked.set(address, next.value)
      addresses.push(address)
    }
    for (const it of addresses.filter(it => this.#dead.has(it))) await this.#queue.remove(it)
    await this.#add(addresses)
  }

  /** Rows that have come; waits a while for one. They count as given once they are `taken`. */
  async arrived(): Promise<readonly Made[]> {
    if (this.#arrived.size === 0) await this.#something()
    if (performance.now() >= this.#lookDue) await this.#look()
    return [...this.#arrived].map(([address, row]) => [this.#asked.get(address)!, row])
  }

  /** Rows are kept, and need not lie in Redis any longer. Runs that were given up stay, to be listed. */
  async taken(made: readonly Made[]): Promise<void> {
    const addresses = made.map(([cell]) => addressOf(cell))
    const rows = addresses.filter(it => !isGivenUp(this.#arrived.get(it)!))
    for (const it of addresses) {
      this.#arrived.delete(it)
      this.#asked.delete(it)
    }
    await Promise.all(rows.map(it => this.#queue.remove(it)))
  }

  /** Takes back what nobody waits for any more, but for runs that are under way. */
  async close(): Promise<void> {
    this.#presence.stop()
    const isThere = this.#client.status === 'ready'
    const orderly = async () => {
      if (isThere)
        await Promise.all([this.#presence.leave(), ...[...this.#asked.keys()].map(it => this.#queue.remove(it))])
      await Promise.all([this.#events.close(), this.#queue.close()])
    }
    await Promise.race([orderly().catch(() => {}), setTimeout(2_000, undefined, {ref: false})])
    this.#client.disconnect()
  }

  async #add(addresses: readonly string[]): Promise<void> {
    if (addresses.length > 0) await this.#queue.addBulk(addresses.map(it => jobOf(it, this.#asked.get(it)!)))
  }

  /** Waits for a row, but not for long. */
  #something(): Promise<void> {
    return new Promise(resolve => {
      const timer = globalThis.setTimeout(resolve, pace)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** What is done is taken, and what is no longer there is asked for again. */
  async #look(): Promise<void> {
    this.#lookDue = performance.now() + pace
    const lost: string[] = []
    const look = async (address: string) => {
      const job = await this.#queue.getJob(address)
      if (job === undefined) lost.push(address)
      else if (job.finishedOn === undefined) return
      else if (job.failedReason) this.#failed(address, job.failedReason)
      else this.#completed(address, job.returnvalue)
    }
    await Promise.all([...this.#asked.keys()].filter(it => !this.#arrived.has(it)).map(look))
    await this.#add(lost.filter(it => !this.#arrived.has(it)))
  }

  #completed(address: string, value: unknown): void {
    const cell = this.#asked.get(address)
    if (cell === undefined) return
    const row = rowIn(value)
    if (row === undefined) this.#failed(address, 'what a worker gave for it is no row')
    // Another sweep may have asked for the same, and called its file otherwise.
    else this.#arrive(address, isFailure(row) ? {...row, repeat: repeatOf(cell)} : row)
  }

  #failed(address: string, error: string): void {
    const cell = this.#asked.get(address)
    if (cell !== undefined) this.#arrive(address, {error: reasonIn(error), blame: 'zdr', repeat: repeatOf(cell)})
  }

  #arrive(address: string, row: Row): void {
    this.#arrived.set(address, row)
    this.#wake()
  }

  #see(all: readonly Participant[], told: (all: readonly Participant[]) => void): void {
    this.#room = Math.max(fewest, perThread * threadsOf(all))
    told(all)
  }
}

const isGivenUp = (row: Row): boolean => isFailure(row) && row.blame === 'zdr'
