import {batches, before, question} from './beginning.ts'
import {faults} from './breaking.ts'
import {arithmetic, end} from './ending.ts'
import {firstErrors, worst} from './errors.ts'
import {capacity, imbalance, storm} from './extremes.ts'
import {moves, packets, replays} from './mechanisms.ts'
import type {Contestant, Matter, Step} from './steps.ts'

export {contestant} from './steps.ts'

/**
 * A tour through the runs that are there: the scenario's own way from its first batch to its first errors, then the way
 * that differs most from it, then each extreme in the run that goes furthest, then what to take from it all.
 */
export function tourOf(matter: Matter): Step[] {
  const own = ownRun(matter)
  if (own === undefined) return []
  const other = mostUnlike(matter, own)
  const {index: focus} = own
  const others = matter.runs.filter(told => told !== own && told !== other)
  const beginning = [
    question(matter, focus),
    before(matter, own),
    ...batches(matter, own),
    moves(matter),
    replays(matter),
    ...faults(matter, own),
    ...firstErrors(matter, own, true),
    ...(other === undefined ? [] : [...firstBatch(matter, other), ...firstErrors(matter, other, false)]),
    ...others.flatMap(told => firstBatch(matter, told)),
  ]
  const ending = [arithmetic(matter, focus), end(matter, focus)]
  const told = unlike(present([...beginning, ...ending]))
  return told.toSpliced(-present(ending).length, 0, ...extremes(matter, most - told.length))
}

/** Stops that a tour has at most, as far as what it has to tell leaves room. */
const most = 14

/** So many of the extremes as there is room for, in the order in which they are told. */
function extremes(matter: Matter, room: number): Step[] {
  const [worstOne, stormOne, imbalanceOne, capacityOne, packetsOne] = [worst, storm, imbalance, capacity, packets].map(
    find => find(matter),
  )
  const telling = present([packetsOne, stormOne, capacityOne, worstOne, imbalanceOne]).slice(0, Math.max(0, room))
  return present([worstOne, stormOne, imbalanceOne, capacityOne, packetsOne]).filter(step => telling.includes(step))
}

const firstBatch = (matter: Matter, told: Contestant): Step[] => batches(matter, told).slice(0, 1)

const present = (steps: readonly (Step | undefined)[]): Step[] => steps.filter(step => step !== undefined)

/** Without what a run has in common with one before it, as a fork has its beginning. */
const unlike = (steps: readonly Step[]): Step[] =>
  steps.filter(
    (step, i) => !steps.slice(0, i).some(({title, caption}) => title === step.title && caption === step.caption),
  )

/** The run that is as the scenario has it; the first, if none is. */
function ownRun({outline, runs}: Matter): Contestant | undefined {
  const isOwn = ({run: {recording}}: Contestant) =>
    (outline?.releases ?? []).every(({tier, strategy}) => recording.strategies[tier] === strategy)
  return runs.find(isOwn) ?? runs[0]
}

/** Of those whose release came to its end, if one did: what never began has cost nobody anything. */
function mostUnlike({runs}: Matter, own: Contestant): Contestant | undefined {
  const total = ({run}: Contestant) => run.recording.disruptions.total
  const apart = (told: Contestant) => Math.abs(total(told) - total(own))
  const others = runs.filter(told => told !== own && apart(told) > 0).sort((a, b) => apart(b) - apart(a))
  return others.find(({over}) => over) ?? others[0]
}
