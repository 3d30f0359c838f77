import type {Time} from '../../../sim/engine/time.ts'
import type {Span} from '../../draw/timeline.ts'

/** What a pane shows: lanes below one another, and what is to be said and done of each. */
export interface Lanes {
  readonly count: number
  /** Pixels of all of it, and of one lane. */
  readonly height: number
  readonly thick: number
  top(lane: number): number
  /** The lane at a height; -1 between lanes. */
  at(y: number): number
  /** By which it is found again when lanes come in another order. */
  id(lane: number): number
  /** All of it, for whoever cannot see it. */
  name(lane: number, time: Time): string
  /** What is there at an instant; undefined for nothing. */
  tip(lane: number, time: Time): string | undefined
  /** Somebody presses it: somewhere in time, or its label. */
  press(lane: number, time: Time | undefined): void
  /** When something begins or ends in it, rising. */
  instants(lane: number): Float64Array
  /** The stretch of a lane that is picked. */
  picked(): (Span & {readonly lane: number}) | undefined
  paint(context: CanvasRenderingContext2D, from: number, to: number): void
}

export const noLanes: Lanes = {
  count: 0,
  height: 0,
  thick: 1,
  top: () => 0,
  at: () => -1,
  id: () => -1,
  name: () => '',
  tip: () => undefined,
  press: () => {},
  instants: () => new Float64Array(0),
  picked: () => undefined,
  paint: () => {},
}
