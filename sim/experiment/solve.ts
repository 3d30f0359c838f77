import {type Quantity, rounded} from './quantity.ts'
import {isCloser, type Judged, type Target} from './target.ts'

/** A value of a parameter, and what its replications say of each target. */
export interface Tried {
  readonly value: number
  readonly judged: readonly Judged[]
  /** Why there are no runs of it: the scenario cannot have it. */
  readonly refused?: string
}

/** What is to be found: values along one parameter, under which all targets are met. */
export interface Quest {
  readonly kind: Quantity
  /** Where to begin; nothing further than `reach` times from it is tried, unless there is a range. */
  readonly own: number
  readonly range?: readonly [from: number, to: number]
  readonly targets: readonly Target[]
  /** The largest value is wanted, not the smallest. */
  readonly largest: boolean
}

/** Makes the runs of some values. The same seeds stand behind each, so that values differ by what they do and not by chance. */
export type Try = (values: readonly number[]) => Promise<readonly Tried[]>

/** How far to go from where one began. */
export const reach = 32
/** Two values of which one is no more than this much larger are near enough. */
const near = 1.02
const scanned = 5

/**
 * Tries values until the smallest (or largest) that meets all targets is known to 2 %, or, where none does, until it is known
 * where each target changes. Gives all that were tried, from small to large.
 *
 * That what is between two values is like them is nowhere assumed of the answer, but it is what the search goes by: a
 * target that is met here and there between others can be overlooked.
 */
export async function solve(quest: Quest, attempt: Try): Promise<readonly Tried[]> {
  const tried = new Map<number, Tried>()
  const look = async (values: readonly number[]) => {
    const fresh = [...new Set(values.map(it => rounded(it, quest.kind)))].filter(it => it >= 0 && !tried.has(it))
    for (const it of fresh.length === 0 ? [] : await attempt(fresh)) tried.set(it.value, it)
    return fresh.length > 0
  }
  await look(beginnings(quest))
  if (quest.range === undefined) while (await look(further(quest, inOrder(tried))));
  for (;;) {
    const gap = nextGap(quest, inOrder(tried))
    if (gap === undefined || !(await look([between(gap, quest.kind)]))) return inOrder(tried)
  }
}

const inOrder = (tried: ReadonlyMap<number, Tried>): Tried[] => [...tried.values()].sort((a, b) => a.value - b.value)

function beginnings({kind, own, range}: Quest): number[] {
  if (range === undefined) return [own, own * 2, kind.isWhole ? Math.floor(own / 2) : own / 2].filter(it => it > 0)
  const [from, to] = range
  if (kind.isWhole && to - from < scanned) return Array.from({length: to - from + 1}, (_, i) => from + i)
  const steps = Array.from({length: scanned}, (_, i) => i / (scanned - 1))
  return steps.map(it => (from === 0 ? to * it : from * (to / from) ** it))
}

/** Twice the largest value, half the smallest, or both, as long as that may help. */
function further(quest: Quest, tried: readonly Tried[]): number[] {
  const {kind, own} = quest
  const allowed = tried.filter(({refused}) => refused === undefined)
  const [low, high] = [allowed[0], allowed.at(-1)]
  if (low === undefined || high === undefined) return []
  const up = high === tried.at(-1) && high.value * 2 <= own * reach * 1.01 ? [high.value * 2] : []
  const half = kind.isWhole ? Math.floor(low.value / 2) : low.value / 2
  const down = low === tried[0] && half > 0 && low.value / 2 >= own / reach / 1.01 ? [half] : []
  const ways = wanted(quest, allowed, low, high)
  return [...(ways.includes('up') ? up : []), ...(ways.includes('down') ? down : [])]
}

/** Where a target that no value has met would be nearer; past a value that meets them all, whether the next does as well. */
function wanted({targets, largest}: Quest, allowed: readonly Tried[], low: Tried, high: Tried): ('up' | 'down')[] {
  if (allowed.some(meetsAll)) return largest ? (meetsAll(high) ? ['up'] : []) : meetsAll(low) ? ['down'] : []
  return targets.flatMap((target, i): ('up' | 'down')[] => {
    if (allowed.some(({judged}) => judged[i]!.state === 'met')) return []
    const [below, above] = [low, high].map(({judged}) => judged[i]!.estimate?.mean)
    if (below === undefined || above === undefined || below === above) return ['up', 'down']
    return isCloser(target, above, below) ? ['up'] : ['down']
  })
}

export const meetsAll = ({judged, refused}: Tried): boolean =>
  refused === undefined && judged.every(({state}) => state === 'met')

type Gap = readonly [Tried, Tried]

/** Two values with the answer between them; where nothing meets all targets, between which one target changes. */
function nextGap({kind, own, targets, largest}: Quest, tried: readonly Tried[]): Gap | undefined {
  const gaps = tried.slice(1).map((it, i): Gap => [tried[i]!, it])
  const answer = answerAmong(tried, largest)
  const isWide = ([a, b]: Gap) => {
    if (kind.isWhole && a.value < 50) return b.value - a.value > 1
    return a.value === 0 ? b.value > own / 1_000 : b.value > a.value * near
  }
  if (answer !== undefined) return gaps.find(gap => gap[largest ? 0 : 1] === answer && isWide(gap))
  const isOutOfReach = targets.some((_, i) => tried.every(({judged}) => judged[i]?.state !== 'met'))
  const changes = (gap: Gap) =>
    targets.some((_, i) => (gap[0].judged[i]?.state === 'met') !== (gap[1].judged[i]?.state === 'met'))
  return gaps.find(gap => isWide(gap) && (changes(gap) || (isEdge(gap) && isOutOfReach)))
}

/** Between what the scenario can have and what it cannot. */
const isEdge = ([a, b]: Gap): boolean => (a.refused === undefined) !== (b.refused === undefined)

export const answerAmong = (tried: readonly Tried[], largest: boolean): Tried | undefined =>
  largest ? tried.findLast(meetsAll) : tried.find(meetsAll)

const between = ([{value: a}, {value: b}]: Gap, kind: Quantity): number =>
  a === 0 || (kind.isWhole && b < 50) ? (a + b) / 2 : Math.sqrt(a * b)
