import {seconds, type Time} from '../engine/time.ts'
import type {ActorId} from '../net/events.ts'
import {mix32} from '../net/murmur3.ts'
import type {RateCurve, WorkloadOptions} from '../net/options.ts'
import type {Disruptions, Sample} from './trace.ts'

/** Disruptions as columns: the first `cap` of them, and how many there were. */
export class DisruptionColumns {
  private readonly cap: number
  private total = 0
  private readonly columns: number[][] = [[], [], [], [], [], [], []]

  constructor(cap: number) {
    this.cap = cap
  }

  /** At, workload, client, process, outcome, cause, took. */
  add(values: readonly [number, number, number, number, number, number, number]): void {
    if (this.total++ < this.cap) values.forEach((value, i) => void this.columns[i]!.push(value))
  }

  result(): Disruptions {
    const [at, workload, client, process, outcome, cause, took] = this.columns
    return {
      total: this.total,
      cap: this.cap,
      at: at!,
      workload: workload!,
      client: client!,
      process: process!,
      outcome: outcome!,
      cause: cause!,
      took: took!,
    }
  }
}

/** The lives of what a sample of clients asked for. */
export class SampleColumns {
  private readonly cap: number
  /** By workload. */
  private readonly oneIn: Uint32Array
  private total = 0
  private readonly workload: number[] = []
  private readonly client: number[] = []
  private readonly process: ActorId[] = []
  private readonly from: Time[] = []
  private readonly to: Time[] = []
  private readonly outcome: number[] = []
  /** Where the life is that goes on in a row; -1 where none does. */
  private readonly open: number[] = []

  constructor(cap: number, oneIn: readonly number[]) {
    this.cap = cap
    this.oneIn = Uint32Array.from(oneIn)
  }

  started(from: Time, workload: number, client: number, row: number): void {
    while (this.open.length <= row) this.open.push(-1)
    if (!this.has(client, workload)) return
    if (this.total++ >= this.cap) return
    this.open[row] = this.from.length
    this.workload.push(workload)
    this.client.push(client)
    this.process.push(-1)
    this.from.push(from)
    this.to.push(-1)
    this.outcome.push(-1)
  }

  private has(client: number, workload: number): boolean {
    return mix32(client) % this.oneIn[workload]! === 0
  }

  /** A connection stands; what is still open at the end has its process from here. */
  opened(row: number, process: ActorId): void {
    const life = this.open[row] ?? -1
    if (life !== -1) this.process[life] = process
  }

  ended(to: Time, row: number, process: ActorId, outcome: number): void {
    const life = this.open[row] ?? -1
    if (life === -1) return
    this.to[life] = to
    this.process[life] = process
    this.outcome[life] = outcome
    this.open[row] = -1
  }

  result(end: Time): Sample {
    for (const life of this.open) if (life !== -1) this.to[life] = end
    // Requests in a crowd are told of when they are answered.
    const {from} = this
    const order = [...from.keys()].sort((a, b) => from[a]! - from[b]! || a - b)
    const inOrder = (column: readonly number[]) => order.map(life => column[life]!)
    return {
      oneIn: [...this.oneIn],
      cap: this.cap,
      total: this.total,
      workload: inOrder(this.workload),
      client: inOrder(this.client),
      process: inOrder(this.process),
      from: inOrder(from),
      to: inOrder(this.to),
      outcome: inOrder(this.outcome),
    }
  }
}

/** Clients of a workload that a sample aims at, and lives if each of them asks for much. */
const sampled = {clients: 500, lives: 5_000} as const

/** Which share of a workload's clients makes a sample of the size wanted, whatever the strategy. */
export function oneIn(workload: WorkloadOptions, end: Time): number {
  const requests = 'rate' in workload ? (expected(workload) * end) / seconds(1) : 0
  const clients = 'connections' in workload ? workload.connections : requests
  return Math.max(1, Math.ceil(clients / sampled.clients), Math.ceil(requests / sampled.lives))
}

function expected({rate}: Extract<WorkloadOptions, {rate: RateCurve}>): number {
  if (rate.kind === 'constant') return rate.perSecond
  return rate.kind === 'day' ? rate.mean : Math.max(...rate.points.map(point => point.perSecond))
}
