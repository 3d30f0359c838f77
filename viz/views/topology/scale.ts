import type {Desk} from '../../desk/desk.ts'
import {fullestOf} from './gauges.ts'
import {busiestOf} from './traffic.ts'

/** What all cards are drawn by, so that full and busy are the same in each of them. */
export class Scale {
  readonly #desk: Desk
  /** Tier → connections of a host that is full. */
  readonly #fullest = new Map<string, number>()
  busiest = 0

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** Connections of the fullest host of a tier at any time in any of the runs. */
  fullest(tier: string): number {
    return this.#fullest.get(tier) ?? 0
  }

  /** Looks at all runs that are there by now. */
  measure(): void {
    this.#fullest.clear()
    this.busiest = 0
    for (const {recording} of this.#desk.ready) {
      this.busiest = Math.max(this.busiest, busiestOf(recording))
      for (const [tier, most] of fullestOf(recording)) this.#fullest.set(tier, Math.max(this.fullest(tier), most))
    }
  }
}
