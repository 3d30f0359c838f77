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
  const focus = own.index
  const steps = [
    question(matter, focus),
    before(matter, own),
    ...batches(matter, own),
    moves(matter),
    replays(matter),
    ...faults(matter, own),
    ...firstErrors(matter, own, true),
    ...(other === undefined ? [] : [...batches(matter, other).slice(0, 1), ...firstErrors(matter, other, false)]),
    worst(matter),
    storm(matter),
    imbalance(matter),
    capacity(matter),
    packets(matter),
    arithmetic(matter, focus),
    end(matter, focus),
  ]
  return steps.filter(step => step !== undefined)
}

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
