import type {Time} from '../../../sim/engine/time.ts'
import {tiersOf} from '../../../sim/trace/hosts.ts'
import {count, percent} from '../../../sim/words/figures.ts'
import type {Lane, ReadyRun} from '../../desk/run.ts'
import {clockText} from '../../draw/words.ts'
import {families} from '../../recording/family.ts'
import {instantText, inWords, plannedIn, rootOf} from '../editor/fork.ts'
import {bucketAt} from '../topology/gauges.ts'
import {progressOf, rolloutOf} from '../topology/rollout.ts'

/** How many disruptions there are in a whole run; a trace leaves out some if they are very many. */
export const totalOf = ({recording, report}: ReadyRun): number =>
  report?.disruption.count ?? recording.disruptions.total

/** How many there were up to an instant. */
export const soFar = (run: ReadyRun, time: Time): number =>
  time >= run.recording.end ? totalOf(run) : run.tally.count(-1, time)

/** What there will be by the end, and its share of all requests and connections: 41,828 by the end, 4.383 %. */
export function totalWords(run: ReadyRun): {readonly total: string; readonly share: string} {
  const share = fractionOf(run)
  return {total: `${count(totalOf(run))} by the end`, share: share === undefined ? '' : `, ${percent(share, 3)}\u00a0%`}
}

/** Of a trace as far as its totals tell, which are whatever its file says. */
function fractionOf({recording, report}: ReadyRun): number | undefined {
  if (report !== undefined) return report.disruption.fraction
  const started = Object.values(recording.totals).reduce((sum, it) => sum + Number(it?.started), 0)
  return started > 0 ? recording.disruptions.total / started : undefined
}

/** Tiers whose release is not through when the run ends: what it cost is then not all told. */
export const unfinished = ({report}: ReadyRun): readonly string[] =>
  Object.entries(report?.release ?? {}).flatMap(([tier, {finishedAt}]) => (finishedAt === null ? [tier] : []))

/** Families that occur in any of these runs, as places in `families`: so that cards side by side have the same rows. */
export const occurring = (runs: readonly ReadyRun[]): readonly number[] =>
  families.flatMap((_, family) => (runs.some(({tally}) => tally.times(family).length > 0) ? [family] : []))

/** A tier that is released, at an instant. */
export interface TierStanding {
  /** Share of its hosts that new work reaches and that accept it; undefined of L4 hosts. */
  readonly capacity: number | undefined
  readonly fresh: number
  readonly hosts: number
  /** Whether the operator has called the release off. */
  readonly isHalted: boolean
}

export function standingOf({recording}: ReadyRun, tier: string, time: Time): TierStanding {
  const capacity = recording.series.columns[`${tier}.capacity`]?.[bucketAt(recording, time)]
  const {fresh, all} = progressOf(recording, tiersOf(recording).get(tier) ?? [], time)
  const halted = rolloutOf(recording).halted.get(tier) ?? Number.POSITIVE_INFINITY
  return {capacity, fresh, hosts: all, isHalted: halted <= time}
}

/** The tiers that a run releases and that hosts are of. */
export const releasedTiers = ({recording}: ReadyRun): readonly string[] => {
  const tiers = tiersOf(recording)
  return Object.keys(recording.strategies).filter(tier => tiers.has(tier))
}

/** What a run that was forked from another has of its own: as socket-takeover until 12:04, then edge.0 dies. */
export function forkWords(lane: Lane): string | undefined {
  const {forkedAt, sets} = lane
  const {planned, rest} = plannedIn(sets)
  const [first, ...later] = planned
  if (first !== undefined) {
    const start = `as ${rootOf(lane)} until ${instantText(first.at)}, then ${inWords(first.intervention)}`
    return [start, ...later.map(it => `at ${instantText(it.at)} ${inWords(it.intervention)}`), ...rest].join('; ')
  }
  if (forkedAt === undefined && sets.length === 0) return undefined
  const when = forkedAt === undefined ? 'changed' : `forked at ${clockText(forkedAt)}`
  return sets.length === 0 ? when : `${when}: ${sets.join(', ')}`
}
