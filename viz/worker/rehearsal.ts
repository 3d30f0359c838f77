import type {Parts} from '../../sim/net/parts.ts'
import type {Scenario} from '../../sim/scenario/scenario.ts'
import {type RunOptions, simulate} from '../../sim/simulate.ts'

/** Pieces so small that a question which comes meanwhile hardly waits: beginnings of the run, so many of so small a part. */
const pieces = 6
const part = 1 / 4
/** In ms, for the page to draw the run before. */
const pause = 250

/**
 * A browser compiles what is used much, as it is used: of a worker's first run that is most of the time, and of the second a
 * good part. So a worker that has told its first run does the beginning of it a few times over, for nobody, while a person
 * reads; the first change is then answered sooner.
 */
export class Rehearsal {
  #left = pieces
  #due: ReturnType<typeof setTimeout> | undefined

  begin(scenario: Scenario, options: RunOptions, parts: Partial<Parts>): void {
    const {world} = scenario
    const beginning = {...scenario, world: {...world, end: Math.ceil(world.end * part)}}
    const piece = () => {
      if (this.#left === 0) return
      this.#left--
      simulate(beginning, options, parts)
      this.#due = setTimeout(piece)
    }
    this.#due = setTimeout(piece, pause)
  }

  /** Somebody asks something. What is left of it follows after the next run. */
  interrupt(): void {
    clearTimeout(this.#due)
  }
}
