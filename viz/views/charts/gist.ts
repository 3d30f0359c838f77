import type {Time} from '../../../sim/engine/time.ts'
import {count} from '../../../sim/words/figures.ts'
import {bucketsIn, type Course, extent, type Worst} from '../../draw/course.ts'
import type {Span} from '../../draw/timeline.ts'
import {clockText} from '../../draw/words.ts'
import {families, familyNames} from '../../recording/family.ts'
import {type Bars, totalAt} from './bars.ts'
import type {Unit} from './unit.ts'

/** The course of a run under its letter. */
export interface Line {
  readonly name: string
  readonly course: Course
}

/** What a chart shows, in a sentence: "Capacity of edge: A falls to 80 % from 2:00 to 1:43:10; B and C stay at 100 %." */
export function gist(title: string, lines: readonly Line[], span: Span, unit: Unit, worst: Worst): string {
  const tell = worst === 'least' ? fall : peak
  return `${title}: ${together(lines.map(({name, course}) => [name, tell(course, span, unit)]))}.`
}

/** What one run does, and what several do, as a verb has it. */
type Deed = readonly [one: string, several: string]

const steady = 0.005
const nothing: Deed = ['has none', 'have none']
const stays = (level: string): Deed => [`stays at ${level}`, `stay at ${level}`]

function fall(course: Course, span: Span, {text}: Unit): Deed {
  const [low, high] = extent([course], span) ?? [0, 0]
  if (low >= high * (1 - steady)) return stays(text(high))
  const [from, to] = stretchBelow(course, span, (low + high) / 2)
  const rest = `to ${text(low)} from ${clockText(from)} to ${clockText(to)}`
  return [`falls ${rest}`, `fall ${rest}`]
}

function peak(course: Course, span: Span, {text}: Unit): Deed {
  const range = extent([course], span)
  if (range === undefined || range[1] === 0) return nothing
  const [low, high] = range
  if (low >= high * (1 - steady)) return stays(text(high))
  const at = clockText(stretchAt(course, span, high))
  return [`reaches ${text(high)} at ${at}`, `reach ${text(high)} at ${at}`]
}

function stretchBelow(course: Course, span: Span, limit: number): [from: Time, to: Time] {
  const [first, end] = bucketsIn(course, span)
  const below = (k: number) => course.values[k]! < limit
  let [from, to] = [first, end]
  while (from < end && !below(from)) from++
  while (to > from && !below(to - 1)) to--
  return [Math.max(span.from, from * course.width), Math.min(span.to, to * course.width)]
}

function stretchAt(course: Course, span: Span, value: number): Time {
  const [first] = bucketsIn(course, span)
  return Math.max(span.from, course.values.indexOf(value, first) * course.width)
}

/** How many each run loses in the bars of a window, to what most, and when worst. */
export function gistOfBars(bars: readonly {readonly name: string; readonly bars: Bars}[]): string {
  return `Disruptions: ${together(bars.map(it => [it.name, loses(it.bars)]))}.`
}

function loses({counts, first, width}: Bars): Deed {
  const sums = counts.map(column => column.reduce((a, b) => a + b, 0))
  const all = sums.reduce((a, b) => a + b, 0)
  if (all === 0) return nothing
  const family = families[sums.indexOf(Math.max(...sums))]
  const totals = Array.from(counts[0]!, (_, k) => totalAt(counts, k))
  const at = clockText((first + totals.indexOf(Math.max(...totals))) * width)
  const mostly = family === undefined ? '' : `, mostly ${familyNames[family]}`
  return [`has ${count(all)}${mostly}, most at ${at}`, `have ${count(all)}${mostly}, most at ${at}`]
}

/** Runs that do the same are named together. */
function together(deeds: readonly (readonly [name: string, deed: Deed])[]): string {
  const groups = new Map<string, {deed: Deed; names: string[]}>()
  for (const [name, deed] of deeds) {
    const group = groups.get(deed[0]) ?? {deed, names: []}
    group.names.push(name)
    groups.set(deed[0], group)
  }
  return [...groups.values()]
    .map(({deed, names}) => `${list.format(names)} ${deed[names.length === 1 ? 0 : 1]}`)
    .join('; ')
}
const list = new Intl.ListFormat('en-GB')
