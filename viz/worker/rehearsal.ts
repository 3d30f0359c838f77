import type {Parts} from '../../sim/net/parts.ts'
import type {Scenario} from '../../sim/scenario/scenario.ts'
import {type RunOptions, simulate} from '../../sim/simulate.ts'
import type {Source} from './messages.ts'

/** Pieces so small that a question which comes meanwhile hardly waits: beginnings of the run, so many of so small a part. */
const pieces = 6
/** How many are left when what a change needs is fetched. */
const lookUp = 3
const part = 1 / 4
/** In ms, for the page to draw the run before. */
const pause = 250

/**
 * A browser compiles what is used much, as it is used: of a worker's first run that is most of the time, and of the second a
 * good part. So a worker that has told its first run does the beginning of it a few times over, for nobody, while a person
 * reads; the first change is then answered sooner. Half through it checks the scenario as if something were set in it:
 * a change has to be checked, the page came without what does that, and what is checked is not built as what was shipped.
 */
export class Rehearsal {
  #left = pieces
  #due: ReturnType<typeof setTimeout> | undefined
  #interruptions = 0

  begin(source: Source, scenario: Scenario, options: RunOptions, parts: Partial<Parts>): void {
    const before = this.#interruptions
    let beginning = beginningOf(scenario)
    const piece = async () => {
      if (this.#left === 0) return
      this.#left--
      simulate(beginning, options, parts)
      if (this.#left === lookUp) beginning = beginningOf((await checkedOnce(source, scenario)) ?? scenario)
      if (before === this.#interruptions) this.#due = setTimeout(piece)
    }
    this.#due = setTimeout(piece, pause)
  }

  /** Somebody asks something. What is left of it follows after the next run. */
  interrupt(): void {
    clearTimeout(this.#due)
    this.#interruptions++
  }
}

const beginningOf = (scenario: Scenario): Scenario => ({
  ...scenario,
  world: {...scenario.world, end: Math.ceil(scenario.world.end * part)},
})

/** The scenario with its own seed set. Nobody is told what comes of it, not even if what checks it cannot be fetched. */
async function checkedOnce(source: Source, {seed}: Scenario): Promise<Scenario | undefined> {
  try {
    const {check} = await import('./check.ts')
    const found = await check({...source, sets: [...source.sets, `seed=${seed}`]})
    return found !== undefined && 'scenario' in found ? found.scenario : undefined
  } catch {
    return undefined
  }
}
