import {causeInWords} from '../words/causes.ts'
import {count, inWords} from '../words/figures.ts'
import {intervalText} from '../words/intervals.ts'
import type {Style} from '../words/rows.ts'
import {type Asked, isAveraged} from './measure.ts'
import type {Result} from './row.ts'
import {answerAmong, type Quest, type Tried} from './solve.ts'
import {isCloser, type Judged, type Target} from './target.ts'
import {roundedUp, settling} from './verdict.ts'

/** A quest, and all that was tried for it. */
export interface Solution {
  /** The path of the parameter. */
  readonly param: string
  readonly quest: Quest
  readonly tried: readonly Tried[]
  readonly confidence: number
  /** Seconds that runs last, and that the scenario has them last. */
  readonly end: number
  readonly ownEnd: number
  /** What came of a value, seed by seed. */
  readonly resultsAt: (value: number) => readonly Result[]
}

/** What follows for whoever asked, in sentences, of which the first has the answer. `measures` are those of a front. */
export function sentences(solution: Solution, measures: readonly Asked[] = []): string[] {
  const {tried, quest} = solution
  const length = longer(solution, [...quest.targets.map(({measure}) => measure), ...measures])
  if (quest.targets.length === 0) return length
  const answer = answerAmong(tried, quest.largest)
  const [headline, ...said] = answer === undefined ? without(solution) : found(solution, answer)
  return [[headline, ...length].join(' '), ...said, ...turns(solution)]
}

/** Runs of one length are compared, which the range decides; what is averaged over all of them hangs on it. */
function longer({end, ownEnd}: Solution, asked: readonly Asked[]): string[] {
  if (end === ownEnd) return []
  const why = `Runs last ${inWords(end)} instead of ${inWords(ownEnd)}, the length in which the release of every value tried comes to its end`
  const averaged = asked.find(isAveraged)
  if (averaged === undefined) return [`${why}.`]
  return [
    `${why}; ${averaged.name} depends on that, and so on which values are tried: set it with --set end=…, or ask for a count, as disruption.count <= 100.`,
  ]
}

function found(solution: Solution, answer: Tried): string[] {
  const {param, quest, tried, confidence} = solution
  const extreme = quest.largest ? 'largest' : 'smallest'
  const place = tried.indexOf(answer)
  const next = tried[quest.largest ? place + 1 : place - 1]
  const sure = `with ${percentOf(confidence)} % confidence`
  const what = `${param}=${quest.kind.format(answer.value)} is the ${extreme} value tried that meets ${targetsOf(solution)}, ${sure}.`
  return [what, next === undefined ? nothingBeyond(quest) : neighbour(quest, next)]
}

function targetsOf({quest: {targets}, end, ownEnd}: Solution): string {
  const [{text, measure}, ...more] = targets as readonly [Target, ...Target[]]
  if (more.length > 0) return more.length === 1 ? 'both targets' : `all ${targets.length} targets`
  return end !== ownEnd && isAveraged(measure) ? `${text} over ${inWords(end)}` : text
}

const nothingBeyond = ({largest, range, kind, own}: Quest): string => {
  const beyond = largest ? 'larger' : 'smaller'
  return range === undefined
    ? `Nothing ${beyond} was tried: that is as far from ${kind.format(own)} as it goes without --from and --to.`
    : `Nothing ${beyond} was tried: there the range ends.`
}

/** Why the next value is not the answer. */
function neighbour({kind, targets}: Quest, {value, refused, judged}: Tried): string {
  const at = kind.format(value)
  if (refused !== undefined) return `The next, ${at}, cannot be had.`
  const open = judged.findIndex(({state}) => state === 'undecided')
  const missed = judged.findIndex(({state}) => state === 'missed')
  const [state, i] = missed >= 0 ? ['misses', missed] : ['leaves undecided', open]
  const {estimate, needed} = judged[i]!
  const has = estimate === undefined ? '' : ` (${estimateText(targets[i]!, judged[i]!)})`
  const settles = missed < 0 && needed !== undefined ? `; ${settling(needed)}` : ''
  return `The next, ${at}, ${state} ${targets[i]!.text}${has}${settles}.`
}

/** No value meets all targets: which are in each other's way, and which are out of reach. */
function without(solution: Solution): string[] {
  const {quest, tried, param} = solution
  const allowed = tried.filter(({refused}) => refused === undefined)
  const reached = quest.targets.map((_, i) => allowed.filter(({judged}) => judged[i]!.state === 'met'))
  const [low, high] = [allowed[0]!, allowed.at(-1)!].map(({value}) => quest.kind.format(value))
  const none = `No value of ${param} from ${low} to ${high} meets ${targetsOf(solution)} with ${percentOf(solution.confidence)} % confidence.`
  const conflict = reached.every(met => met.length > 0)
  const said = quest.targets.flatMap((target, i) => {
    const met = reached[i]!
    if (met.length > 0)
      return conflict || quest.targets.length > 1 ? [`${target.text} is met ${spanOf(met, allowed, quest)}.`] : []
    return [...outOfReach(target, i, allowed, quest), ...advice(solution, allowed, target, i)]
  })
  return [none, ...(conflict && quest.targets.length > 1 ? ['The targets are in each other’s way:'] : []), ...said]
}

function spanOf(met: readonly Tried[], allowed: readonly Tried[], {kind}: Quest): string {
  const [first, last] = [met[0]!, met.at(-1)!]
  const [from, to] = [kind.format(first.value), kind.format(last.value)]
  if (first === last) return `at ${from}`
  if (first === allowed[0]) return `up to ${to}`
  return last === allowed.at(-1) ? `from ${from} on` : `from ${from} to ${to}`
}

/** The best that came of it, and how it was going: a share that falls slower than the parameter grows has a heavy tail. */
function outOfReach(target: Target, i: number, allowed: readonly Tried[], quest: Quest): string[] {
  const known = allowed.filter(({judged}) => judged[i]!.estimate !== undefined)
  const best = known.reduce<Tried | undefined>(
    (a, b) => (a === undefined || isCloser(target, meanOf(b, i), meanOf(a, i)) ? b : a),
    undefined,
  )
  if (best === undefined) return [`${target.text} has no number under any of them.`]
  if (known.every(it => meanOf(it, i) === meanOf(best, i)))
    return [`${target.text} is the same under all of them: ${estimateText(target, best.judged[i]!)}.`]
  const at = quest.kind.format(best.value)
  const nearest = `${target.text} comes nearest at ${at}, with ${estimateText(target, best.judged[i]!)}.`
  const pace = paceOf(known, i)
  if (best !== known.at(-1) || pace === undefined || target.sense === 'atLeast') return [nearest]
  return [nearest, ...paceWords(pace, target, meanOf(best, i), best.value, quest)]
}

const meanOf = ({judged}: Tried, i: number): number => judged[i]!.estimate!.mean

/** By what power of the value a mean falls over the last doubling, and over the one before. */
function paceOf(known: readonly Tried[], i: number): readonly [before: number, last: number] | undefined {
  const last = known.at(-1)
  if (last === undefined) return undefined
  const halved = known.findLast(({value}) => value <= last.value / 1.9)
  const quartered = halved && known.findLast(({value}) => value <= halved.value / 1.9)
  if (halved === undefined || quartered === undefined || meanOf(last, i) <= 0) return undefined
  const power = (a: Tried, b: Tried) => -Math.log(meanOf(b, i) / meanOf(a, i)) / Math.log(b.value / a.value)
  return [power(quartered, halved), power(halved, last)]
}

/**
 * An exponential tail falls by a power that grows with the value. One that stays, and is low, is a heavy tail: it is the
 * shape of Pareto's law, and nearly that of a lognormal one.
 */
function paceWords(
  [before, last]: readonly [number, number],
  target: Target,
  mean: number,
  value: number,
  {kind}: Quest,
) {
  if (last > 2 || last > 1.5 * before)
    return ['It is still falling faster and faster: a wider range (--from, --to) may do.']
  if (last <= 0.01) return ['It does not fall any more.']
  const share = Math.round(100 * (1 - 2 ** -last))
  const needed = value * (mean / target.bound) ** (1 / last)
  const far =
    kind.name === 'duration' ? `some ${longTime(needed / 1e6)}` : `${count(needed / value)} times ${kind.format(value)}`
  const when = target.bound > 0 && Number.isFinite(needed) ? `; at that pace it would take ${far}` : ''
  return [
    `Each doubling takes off only ${share} % of it, which is the mark of a heavy tail${when}. More of the same is no way out.`,
  ]
}

const day = 86_400

/** Seconds, no finer than a guess is. */
function longTime(seconds: number): string {
  if (seconds >= 2 * 365 * day) return `${count(roundedUp(seconds / 365 / day))} years`
  return seconds >= 2 * day ? `${count(roundedUp(seconds / day))} days` : inWords(seconds)
}

/** What users met most where the target was nearest, and what helps against that. */
function advice({resultsAt, param}: Solution, allowed: readonly Tried[], target: Target, i: number): string[] {
  if (!/disruption|reset|refused|failed|timedOut|misrouted|aborted|causes|bounces/.test(target.measure.name)) return []
  const known = allowed.filter(({judged}) => judged[i]!.estimate !== undefined)
  const best = known.toSorted((a, b) => (isCloser(target, meanOf(a, i), meanOf(b, i)) ? -1 : 1))[0]
  const cause = best && worstCause(resultsAt(best.value), target.measure.name)
  if (cause === undefined) return []
  const {words, advice} = causeInWords(cause)
  const others = cause === 'killed-at-drain-end' && /drain/i.test(param) ? moving : advice
  return [`What is left there is mostly: ${words}. What would help instead: ${others}.`]
}

/** Instead of a longer drain. */
const moving =
  'have clients move before the drain ends (reconnect on a close frame or GOAWAY; for MQTT behind two tiers of proxies, `reuse: true`), or bound how long a connection may live, for a drain as long as that bound cuts none'

/** Of the workload that a path of the report is about, or of all. */
export function worstCause(results: readonly Result[], measure: string): string | undefined {
  const workload = /^(?:traffic|connections)\.([^.]+)\./.exec(measure)?.[1] ?? '[^.]+'
  const pattern = new RegExp(`^traffic\\.${workload}\\.causes\\.(.+)$`)
  const sums = new Map<string, number>()
  for (const {numbers} of results)
    for (const [path, count] of Object.entries(numbers)) {
      const cause = pattern.exec(path)?.[1]
      if (cause !== undefined && Number(count) > 0) sums.set(cause, (sums.get(cause) ?? 0) + Number(count))
    }
  return [...sums].toSorted((a, b) => b[1] - a[1])[0]?.[0]
}

/** Targets that go up and down again: nothing is claimed of what lies between values that were tried. */
function turns({quest, tried}: Solution): string[] {
  return quest.targets.flatMap((target, i) => {
    const decided = tried.filter(({judged}) => judged[i] !== undefined && judged[i].state !== 'undecided')
    const changes = decided.slice(1).filter(({judged}, k) => judged[i]!.state !== decided[k]!.judged[i]!.state)
    if (changes.length < 2) return []
    const places = changes.map(({value}) => quest.kind.format(value)).join(' and at ')
    return [
      `Mind that ${target.text} goes both ways: it changes at ${places}. Values that were not tried may do otherwise.`,
    ]
  })
}

const percentOf = (confidence: number): string => String(Number((confidence * 100).toPrecision(6)))

/** In the unit of the target, with that unit. */
export function estimateText(target: Target, {estimate}: Judged): string {
  const style = styleOf(target, [estimate?.mean ?? 0])
  return estimate === undefined
    ? 'no number'
    : `${intervalText(estimate, style)}${style.unit === '' ? '' : ` ${style.unit}`}`
}

/** In which the bound is readable as well as what was found. */
export const styleOf = ({measure, bound}: Target, means: readonly number[]): Style => measure.styling([bound, ...means])
