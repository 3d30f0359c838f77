import type {Time} from '../../../sim/engine/time.ts'
import {formatDuration, parseDuration} from '../../../sim/scenario/units.ts'
import {mostLanes} from '../../desk/desk.ts'
import type {Lane} from '../../desk/run.ts'
import {clockText} from '../../draw/words.ts'
import type {Outline} from '../../worker/outline.ts'

/** What somebody may do to a run from one instant on. */
export type Intervention =
  | {readonly kind: 'kill'; readonly host: string}
  | {readonly kind: 'halt'; readonly tier: string}
  | {readonly kind: 'jitter'; readonly workload: string; readonly jitter: string}

/**
 * The lane with an intervention at an instant. In its scenario that is one more entry which takes effect then, so all
 * that was before comes out the same. Its label is none of those that there are.
 */
export function forked(
  lane: Lane,
  intervention: Intervention,
  at: Time,
  outline: Pick<Outline, 'faults' | 'changes'>,
  labels: readonly string[] = [],
): Lane {
  const sets = [...lane.sets, ...setsFor(lane, intervention, formatDuration(at), outline)]
  return {...lane, label: unlike(labels, `${rootOf(lane)}, fork at ${instantText(at)}`), forkedAt: at, sets}
}

/** When a fork was made: in short runs of seconds, those are too coarse. */
export const instantText = (at: Time): string =>
  clockText(at, at < 10_000_000 && at % 1_000_000 !== 0 ? 1_000 : 1_000_000)

/** What the lane was called before it was forked. */
export const rootOf = ({label, forkedAt}: Lane): string =>
  forkedAt === undefined ? label : label.replace(/, fork at [\d:.]+( \(\d+\))?$/, '')

function unlike(labels: readonly string[], label: string): string {
  let number = 1
  const numbered = () => (number === 1 ? label : `${label} (${number})`)
  while (labels.includes(numbered())) number++
  return numbered()
}

/** Where a fork of a lane goes: behind all, or, where there is no room, in place of the last one that it is not forked from. */
export const placeFor = (lanes: number, forkedLane: number): number =>
  lanes < mostLanes ? lanes : forkedLane === lanes - 1 ? lanes - 2 : lanes - 1

/** An intervention that a lane has, and when. */
export interface Planned {
  readonly intervention: Intervention
  readonly at: Time
}

/** Those that the sets of a lane say, in the order in which they were made, and the sets that say something else. */
export function plannedIn(sets: readonly string[]): {
  readonly planned: readonly Planned[]
  readonly rest: readonly string[]
} {
  const rest: string[] = []
  const planned: Planned[] = []
  for (let i = 0; i < sets.length; ) {
    const found = forms.flatMap(form => form(sets.slice(i, i + 3).join('\n')) ?? [])[0]
    if (found === undefined) rest.push(sets[i]!)
    else planned.push(found)
    i += found?.sets ?? 1
  }
  return {planned, rest}
}

type Form = (sets: string) => (Planned & {readonly sets: number}) | undefined

/** What `setsFor` writes, read back. */
const forms: readonly Form[] = [
  form(1, /^release\.([^.=]+)\.halt=(?<at>.+)/, ([, tier]) => ({kind: 'halt', tier: tier!})),
  form(2, /^(faults\.\d+)\.host-dies=(.+)\n\1\.at=(?<at>.+)/, ([, , host]) => ({kind: 'kill', host: host!})),
  form(3, /^(changes\.\d+)\.reconnect=(.+)\n\1\.at=(?<at>.+)\n\1\.jitter=(.+)/, ([, , workload, , jitter]) => ({
    kind: 'jitter',
    workload: workload!,
    jitter: jitter!,
  })),
]

function form(sets: number, pattern: RegExp, read: (match: RegExpExecArray) => Intervention): Form {
  return text => {
    const match = pattern.exec(text)
    const at = parseDuration(match?.groups?.at ?? '')
    return match === null || at === undefined ? undefined : {intervention: read(match), at, sets}
  }
}

export function inWords(intervention: Intervention): string {
  if (intervention.kind === 'kill') return `${intervention.host} dies`
  if (intervention.kind === 'halt') return `release of ${intervention.tier} halted`
  return `${intervention.workload} with jitter ${intervention.jitter}`
}

function setsFor(
  lane: Lane,
  intervention: Intervention,
  at: string,
  {faults, changes}: Pick<Outline, 'faults' | 'changes'>,
): string[] {
  const {kind} = intervention
  if (kind === 'halt') return [`release.${intervention.tier}.halt=${at}`]
  if (kind === 'kill') return entry('faults', faults, lane, [`host-dies=${intervention.host}`, `at=${at}`])
  const {workload, jitter} = intervention
  return entry('changes', changes, lane, [`reconnect=${workload}`, `at=${at}`, `jitter=${jitter}`])
}

/** One more entry of a list, behind those of the file and those that the lane has already. */
function entry(list: string, there: number, lane: Lane, values: readonly string[]): string[] {
  const own = new Set(lane.sets.flatMap(set => new RegExp(`^${list}\\.(\\d+)\\.`).exec(set)?.[1] ?? []))
  return values.map(value => `${list}.${there + own.size}.${value}`)
}
