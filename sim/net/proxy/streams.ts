import type {Process} from '../host/process.ts'
import {grown, Links} from '../rows.ts'

/**
 * Who works on what a row asked for, behind the process that accepted its connection: a stream for each tier that it was
 * passed on to, the first by the accepting process, each further one by the process before.
 */
export class Streams {
  /** How many tiers a row may be passed on to. */
  readonly most: number
  /** How many it was passed on to. */
  private depth = new Uint8Array(0)
  private process = new Int32Array(0)
  private readonly links = new Links()

  constructor(most: number) {
    this.most = most
  }

  grow(capacity: number): void {
    this.depth = grown(this.depth, capacity)
    this.process = grown(this.process, capacity * this.most)
    this.links.grow(capacity * this.most)
  }

  depthOf(row: number): number {
    return this.depth[row]!
  }

  /** The number of the process that a row was passed on to at `depth`, counted from 1. */
  at(row: number, depth: number): number {
    return this.process[row * this.most + depth - 1]!
  }

  /** Passes a row on to `process`. */
  push(row: number, process: Process): void {
    const stream = row * this.most + this.depth[row]!++
    this.process[stream] = process.id
    this.links.add(process.served, stream)
  }

  /** Ends the last stream of a row, which is at `process`. */
  pop(row: number, process: Process): void {
    this.links.remove(process.served, row * this.most + --this.depth[row]!)
  }

  /** The rows that were passed on to a process, oldest first, and how deep it is in each. */
  of(process: Process): {readonly row: number; readonly depth: number}[] {
    return this.links
      .rows(process.served)
      .map(stream => ({row: Math.floor(stream / this.most), depth: (stream % this.most) + 1}))
  }
}
