import type {Time} from '../../../sim/engine/time.ts'
import {firstAfter} from '../../../sim/trace/ledger.ts'
import type {Recording} from '../../recording/recording.ts'
import {scattered} from './hash.ts'
import type {Layout} from './layout.ts'
import type {Plan} from './plan.ts'
import {flowing, oneIn} from './traffic.ts'

/** What somebody who looks on sees pass: seconds from one column to the next, and for which something that broke is seen. */
const hopSeconds = 0.8
const brokenSeconds = 1.2
/** So far apart that any number of them, in their order, is spread evenly. */
const golden = 0.6180339887498949

/** Draws a particle at a place; what broke has a family and an age from 0 to 1. */
export type Dot = (x: number, y: number) => void
export type Shard = (x: number, y: number, family: number, age: number) => void

/**
 * Where particles are is a function of the time alone, and of how fast it passes: nothing is remembered from frame to frame,
 * so one can seek, and what stands still while the clock does is still right.
 */
export class Flow {
  readonly #recording: Recording
  readonly #plan: Plan
  readonly #layout: Layout
  /** Group → its first tile. */
  readonly #first: readonly number[]
  /** Actor → its tile; -1 of what has none. */
  readonly #tileOf: Int32Array
  /** Tile → whether new work comes there now. */
  readonly open: Uint8Array
  #x = 0
  #y = 0

  constructor(recording: Recording, plan: Plan, layout: Layout) {
    this.#recording = recording
    this.#plan = plan
    this.#layout = layout
    this.#first = plan.groups.map((_, place) => layout.tiles.findIndex(({group}) => group === place))
    this.#tileOf = tilesOf(recording, layout)
    this.open = new Uint8Array(layout.tiles.length).fill(1)
  }

  /** What flows at an instant; `speed` is simulated seconds for each second of who looks on. */
  flow(time: Time, speed: number, busiest: number, draw: Dot): void {
    const {routes} = this.#plan
    for (let workload = 0; workload < routes.length; workload++) {
      const hops = routes[workload]!.length
      if (hops === 0) continue
      const laps = time / (speed * 1_000_000 * hopSeconds * hops)
      const count = flowing(this.#recording, workload, time, busiest)
      for (let i = 0; i < count; i++) {
        const at = laps + i * golden + workload * 0.37
        this.#place(workload, i, Math.floor(at), (at % 1) * hops)
        draw(this.#x, this.#y)
      }
    }
  }

  /** What broke shortly before an instant, on its way off from the host that had it. */
  broken(time: Time, speed: number, draw: Shard): void {
    const {at, family, process} = this.#recording.disruptions
    const shown = speed * 1_000_000 * brokenSeconds
    const [from, to] = [firstAfter(at, time - shown), firstAfter(at, time)]
    const stride = oneIn(to - from)
    for (let row = Math.ceil(from / stride) * stride; row < to; row += stride) {
      const age = (time - at[row]!) / shown
      this.#origin(row, process[row]!)
      const aside = (scattered(row, 1) - 0.5) * 44
      draw(this.#x + aside * age, this.#y + (scattered(row, 2) * -30 - 8) * age + 26 * age * age, family[row]!, age)
    }
  }

  /** Between its hop and the next, on a curve that leaves and comes in level. */
  #place(workload: number, i: number, lap: number, along: number): void {
    const hop = Math.floor(along)
    const u = along - hop
    const route = this.#plan.routes[workload]!
    if (hop === 0) this.#source(workload)
    else this.#visit(route[hop - 1]!, i, lap * 8 + hop - 1)
    const [x, y] = [this.#x, this.#y]
    this.#visit(route[hop]!, i, lap * 8 + hop)
    this.#x = x + (this.#x - x) * u
    this.#y = y + (this.#y - y) * u * u * (3 - 2 * u)
  }

  #source(workload: number): void {
    this.#x = this.#layout.sources[workload]!.x
    this.#y = this.#layout.sources[workload]!.y
  }

  /** Some host of a group that work comes to, or if there is none, some host. */
  #visit(group: number, i: number, lap: number): void {
    const count = this.#plan.groups[group]!.members.length
    const first = this.#first[group]!
    let place = Math.floor(scattered(i, lap) * count)
    for (let tries = 0; tries < count && this.open[first + place] === 0; tries++) place = (place + 1) % count
    this.#stand(first + place)
  }

  /** At the host of a process; without one, where its work came in. */
  #origin(row: number, process: number): void {
    const tile = process < 0 ? -1 : this.#tileOf[this.#recording.actors[process]!.of ?? process]!
    const route = this.#plan.routes[this.#recording.disruptions.workload[row]!]
    if (tile >= 0) this.#stand(tile)
    else if (route !== undefined && route.length > 0) this.#visit(route[0]!, row, 3)
    else this.#source(0)
  }

  #stand(tile: number): void {
    const {x, y, size} = this.#layout.tiles[tile]!
    this.#x = x + size / 2
    this.#y = y + size / 2
  }
}

function tilesOf({actors}: Recording, {tiles}: Layout): Int32Array {
  const tileOf = new Int32Array(actors.length).fill(-1)
  tiles.forEach(({actor}, i) => {
    tileOf[actor] = i
  })
  return tileOf
}

/** A straight way from column to column, with the particles that would be on it: for who does not want to see them move. */
export interface Channel {
  readonly from: {readonly x: number; readonly y: number}
  readonly to: {readonly x: number; readonly y: number}
  readonly particles: number
}

export function channels(recording: Recording, plan: Plan, layout: Layout, time: Time, busiest: number): Channel[] {
  return plan.routes.flatMap((route, workload) => {
    const particles = flowing(recording, workload, time, busiest)
    const stops = [layout.sources[workload]!, ...route.map(place => centre(layout, place))]
    return stops.slice(1).map((to, i) => ({from: stops[i]!, to, particles}))
  })
}

function centre({boxes}: Layout, group: number): {x: number; y: number} {
  const {left, right, top, bottom} = boxes[group]!
  return {x: (left + right) / 2, y: (top + bottom) / 2}
}
