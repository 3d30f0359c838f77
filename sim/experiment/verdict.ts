import {causeInWords} from '../words/causes.ts'
import {count, decimal, inWords, percent} from '../words/figures.ts'
import {differenceAmong, type Replicated, valuesOf} from './comparison.ts'
import type {Difference} from './difference.ts'
import {type Estimate, estimate} from './estimate.ts'
import {cameToItsEnd} from './finished.ts'

/**
 * What an operator may take from a comparison over several seeds, with no more confidence than they give: which strategy
 * disrupts least, or that it is undecided, and how many replications would settle it. Where several are compared with
 * the best, their differences hold with 95 % confidence all together.
 */
export function verdict(ways: readonly Replicated[]): string[] {
  const done = ways.filter(isDone)
  const notes = ways.filter(way => !isDone(way)).map(unfinished)
  if (done.length === 0) return notes
  if (done.length === 1) return [...notes, only(done[0]!, ways.length), ...remainder(done[0]!)]
  const [best, ...others] = done.toSorted((a, b) => over(a, b, disruptions) || over(a, b, time))
  const rivals = others.map(way => ({way, difference: overBest(way, best!, others.length, disruptions)}))
  return [...notes, ...choice(best!, rivals), ...quickest(best!, rivals), ...remainder(best!)]
}

const disruptions = 'disruption.count'
const time = 'release.duration'

interface Rival {
  readonly way: Replicated
  readonly difference: Difference
}

function choice(best: Replicated, rivals: readonly Rival[]): string[] {
  const alike = rivals.filter(({difference}) => difference.verdict === 'same').map(({way}) => way)
  const open = rivals.filter(({difference}) => difference.verdict === 'undecided')
  const first = [best, ...alike]
  const verb = first.length === 1 ? 'disrupts' : 'disrupt'
  const isSettled = open.length === 0 && alike.length < rivals.length
  return [
    `${listed(first)} ${verb} ${meanOf(best, disruptions) === 0 ? 'nothing' : leastOf(best, isSettled)}.`,
    `${first.length === 1 ? 'It' : best.strategy} takes ${costOf(best)}.`,
    ...alikeWords(best, alike),
    ...undecidedWords(best, open),
  ]
}

function leastOf(best: Replicated, isSettled: boolean): string {
  const what = `${countOf(best, disruptions)} (${percent(meanOf(best, 'disruption.fraction'), 3)} %)`
  return isSettled ? `least, with 95 % confidence: ${what}` : `least on average: ${what}`
}

const alikeWords = (best: Replicated, alike: readonly Replicated[]): string[] =>
  alike.length === 0 ? [] : [`There is no difference between them in ${best.results.length} replications.`]

/** How much less the best has, and what would settle it; the most uncertain one says how many replications are needed. */
function undecidedWords(best: Replicated, open: readonly Rival[]): string[] {
  return open.map(({way, difference}) => {
    const less = `${best.strategy} has ${numberText(difference)} fewer than ${way.strategy}`
    return `Undecided: ${less}, which may be chance; ${settling(difference.needed!)}.`
  })
}

/** What would settle something undecided, as the end of a sentence. */
export const settling = (needed: number): string =>
  needed === Number.POSITIVE_INFINITY
    ? 'no number of replications within reason would settle it'
    : `some ${count(roundedUp(needed))} replications would settle it`

/** To two digits: more would be a promise. */
export function roundedUp(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1)
  return Math.ceil(value / unit) * unit
}

/** What haste would cost, if another is through sooner for certain. */
function quickest(best: Replicated, rivals: readonly Rival[]): string[] {
  const sooner = rivals.filter(({way}) => overBest(way, best, rivals.length, time).verdict === 'less')
  const [soonest] = sooner.toSorted((a, b) => meanOf(a.way, time) - meanOf(b.way, time))
  if (soonest === undefined) return []
  const {way, difference} = soonest
  const price = difference.verdict === 'same' ? 'at no cost' : `for ${numberText(difference)} more disruptions`
  const doubt = difference.verdict === 'undecided' ? ', if any' : ''
  return [`${way.strategy} is through in ${inWords(meanOf(way, time))}, ${price}${doubt}.`]
}

function costOf(best: Replicated): string {
  const capacity = Math.min(...known(best, 'capacity.min'), 1)
  const kept = capacity === 1 ? 'keeps all hosts' : `leaves at least ${percent(capacity)} % of the hosts`
  return `${inWords(meanOf(best, time))} and ${kept} taking new work`
}

function only(way: Replicated, all: number): string {
  const what = meanOf(way, disruptions) === 0 ? 'nothing' : countOf(way, disruptions)
  const takes = `it disrupts ${what} and takes ${costOf(way)}`
  return all === 1 ? `${way.strategy}: ${takes}.` : `Only ${way.strategy} did in all: ${takes}.`
}

function unfinished(way: Replicated): string {
  const {length} = way.results
  const often = way.results.filter(it => !cameToItsEnd(it)).length
  const where = often === length ? `any of ${length}` : `${often} of ${length}`
  return `${way.strategy} did not come to its end in ${where} replications, so what it costs is not all told.`
}

const isDone = ({results}: Replicated): boolean => results.every(cameToItsEnd)

function remainder(way: Replicated): string[] {
  const sums = new Map<string, number>()
  for (const {numbers} of way.results)
    for (const [path, value] of Object.entries(numbers)) {
      const cause = /^traffic\.[^.]+\.causes\.(.+)$/.exec(path)?.[1]
      if (cause !== undefined) sums.set(cause, (sums.get(cause) ?? 0) + Number(value))
    }
  const [worst] = [...sums].filter(([, sum]) => sum > 0).toSorted((a, b) => b[1] - a[1])
  if (worst === undefined) return []
  const {words, advice} = causeInWords(worst[0])
  return [`What is left under ${way.strategy} is mostly: ${words}. To have less of that, ${advice}.`]
}

const known = (way: Replicated, name: string): number[] => valuesOf(way, name).map(Number)
const estimateOf = (way: Replicated, name: string): Estimate => estimate(known(way, name))
const meanOf = (way: Replicated, name: string): number => estimateOf(way, name).mean
const overBest = (way: Replicated, best: Replicated, many: number, name: string): Difference =>
  differenceAmong(many, known(way, name), known(best, name))

const over = (a: Replicated, b: Replicated, name: string): number => meanOf(a, name) - meanOf(b, name)

/** Few of something are counted in tenths. */
function numberText({mean, half}: Estimate): string {
  const digits = half > 0 && half < 10 ? 1 : 0
  return `${decimal(Math.abs(mean), digits)} ± ${decimal(half, digits)}`
}
const countOf = (way: Replicated, name: string): string => numberText(estimateOf(way, name))

const listed = (ways: readonly Replicated[]): string =>
  ways
    .map(({strategy}) => strategy)
    .join(', ')
    .replace(/, ([^,]*)$/, ' and $1')
