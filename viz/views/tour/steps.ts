import type {Time} from '../../../sim/engine/time.ts'
import type {ViewName} from '../../desk/desk.ts'
import {letterOf, type ReadyRun} from '../../desk/run.ts'
import type {Span} from '../../draw/timeline.ts'
import {clockText} from '../../draw/words.ts'
import type {Outline} from '../../worker/outline.ts'
import {type BatchStory, firstBatches, isOver} from './batch.ts'
import {type Fault, firstFaults} from './faults.ts'

/** One stop of a tour: what is said, and what is shown meanwhile. */
export interface Step {
  readonly title: string
  /** One to three sentences. */
  readonly caption: string
  /** Lines as a file has them. */
  readonly lines?: string
  /** Index of the run that is looked at closely. */
  readonly focus: number
  /** It is about all runs, and no more about that one. */
  readonly ofAll?: true
  readonly time: Time
  readonly window: Span
  readonly view: ViewName
}

/** What a tour is made of. */
export interface Matter {
  readonly outline: Outline | undefined
  /** The file of the scenario; empty if there is none. */
  readonly text: string
  readonly runs: readonly Contestant[]
  readonly end: Time
}
/** A run with its place, and what of its ledger is told more than once. */
export interface Contestant {
  readonly index: number
  readonly run: ReadyRun
  readonly batches: readonly BatchStory[]
  readonly faults: readonly Fault[]
  /** Whether what was released came to its end within the run. */
  readonly over: boolean
}

export const contestant = (index: number, run: ReadyRun): Contestant => ({
  index,
  run,
  batches: firstBatches(run),
  faults: firstFaults(run),
  over: isOver(run),
})

/** `B graceful-drain`. */
export const nameOf = ({index, run}: Contestant): string => `${letterOf(index)} ${run.lane.label}`

/** An instant as a sentence has it: to the second, or finer if the run is that short. */
export const clockOf =
  ({end}: Pick<Matter, 'end'>) =>
  (time: Time): string =>
    clockText(time, end > 10_000_000 ? 1_000_000 : 1_000)

/** ` under B graceful-drain`, where there are several. */
export const under = ({runs}: Matter, told: Contestant): string => (runs.length > 1 ? ` under ${nameOf(told)}` : '')

/** Buckets of a chart that make a picture. */
const fewest = 8

/** A window with all of that in its middle, and room to see what is about it. */
export function around({end, runs}: Matter, from: Time, to: Time, view: ViewName): Span {
  const bucket = view === 'charts' ? (runs[0]?.run.recording.series.width ?? 0) : 0
  const room = Math.min(end, Math.max((to - from) * 1.8, end / 40, bucket * fewest))
  const start = Math.max(0, Math.min(end - room, (from + to - room) / 2))
  return {from: Math.round(start), to: Math.round(start + room)}
}

/** Where a step looks: at one run, at an instant, at what is about a stretch of time, in one of the views. */
export const looking = (
  matter: Matter,
  {index}: Contestant,
  [from, to]: readonly [Time, Time],
  view: ViewName,
  time = to,
) => ({
  focus: index,
  time: Math.min(matter.end, time),
  window: around(matter, from, to, view),
  view,
})

export const whole = ({end}: Matter): Span => ({from: 0, to: end})

/** `a`, `a and b`, `a, b and c`. */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join() : `${items.slice(0, -1).join(', ')} and ${items.at(-1)!}`

/** Sentences that there are, one after the other. */
export const sentences = (...parts: readonly string[]): string => parts.filter(part => part !== '').join(' ')
