import type {Duration, Time} from '../../../sim/engine/time.ts'
import type {Cause} from '../../../sim/net/events.ts'
import {firstAfter} from '../../../sim/trace/ledger.ts'
import type {ReadyRun} from '../../desk/run.ts'
import {burstEnd} from '../../recording/bursts.ts'
import {families} from '../../recording/family.ts'

/** What of a run its moments are found in. */
export type Told = Pick<ReadyRun, 'recording' | 'ledger' | 'tally'>

/** Disruptions that no quiet stretch sets apart. */
export interface Burst {
  readonly from: Time
  readonly to: Time
  readonly count: number
  /** How many for each cause, the most frequent first. */
  readonly causes: readonly (readonly [cause: Cause, count: number])[]
}

/** A time without disruptions that ends a burst: a hundredth of the run. */
const quietShare = 0.01

/** The burst that begins with the first disruption, or the first that was cut at drain end; of what is before a limit. */
export function firstBurst(
  {recording, tally}: Pick<Told, 'recording' | 'tally'>,
  of: 'all' | 'cut' = 'all',
  before = Infinity,
): Burst | undefined {
  const {disruptions, end} = recording
  const from = of === 'cut' ? tally.times(families.indexOf('cut'))[0] : disruptions.at[0]
  if (from === undefined || from >= before) return undefined
  const last = burstEnd(disruptions.at, firstAfter(disruptions.at, from - 1), end * quietShare)
  return burstIn({recording, tally}, from, Math.min(last, before - 1))
}

function burstIn({recording, tally}: Pick<Told, 'recording' | 'tally'>, from: Time, to: Time): Burst {
  const counted = recording.causes.map((cause, i) => [cause, tally.ofCause(i, from - 1, to)] as const)
  const causes = counted.filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1])
  return {from, to, count: tally.count(from - 1, to), causes}
}

/** The stretch of so long in which most was disrupted. */
export interface Worst {
  readonly from: Time
  readonly count: number
}

export function worstStretch(
  {
    recording: {
      disruptions: {at},
    },
  }: Told,
  length: Duration,
): Worst | undefined {
  let [from, count] = [0, 0]
  for (let i = 0, last = 0; i < at.length; i++) {
    while (last < at.length && at[last]! < at[i]! + length) last++
    if (last - i > count) [from, count] = [at[i]!, last - i]
  }
  return count === 0 ? undefined : {from, count}
}

/** Of how many of each workload a stretch of time has cut, the most first; only those with some. */
export function cutByWorkload({recording: {disruptions, workloads}}: Told, {from, to}: Burst): [string, number][] {
  const {at, family, workload} = disruptions
  const counts = workloads.map(({name}): [string, number] => [name, 0])
  for (let i = firstAfter(at, from - 1); i < at.length && at[i]! <= to; i++)
    if (families[family[i]!] === 'cut') counts[workload[i]!]![1]++
  return counts.filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1])
}

/** Where a number over time was highest. */
export interface Peak {
  /** Of what: the series without its ending. */
  readonly of: string
  /** When the bucket begins. */
  readonly at: Time
  readonly value: number
  /** Over all buckets of that series. */
  readonly total: number
}

/** Of all series with this ending the highest value; undefined if they hold nothing but zeros. */
export function peakOf({recording: {series}}: Told, ending: string): Peak | undefined {
  let best: Peak | undefined
  for (const [name, values] of Object.entries(series.columns)) {
    if (!name.endsWith(ending)) continue
    const value = values.reduce((most, it) => Math.max(most, it), 0)
    if (value <= (best?.value ?? 0)) continue
    const total = values.reduce((sum, it) => sum + it, 0)
    best = {of: name.slice(0, -ending.length), at: values.indexOf(value) * series.width, value, total}
  }
  return best
}

/** The host with most connections at any time, over what the hosts of its tier had on average at the start. */
export function fullestHost(told: Told): (Peak & {readonly ratio: number}) | undefined {
  const peak = peakOf(told, '.connections')
  if (peak === undefined) return undefined
  const {columns} = told.recording.series
  const tier = peak.of.slice(0, peak.of.lastIndexOf('.') + 1)
  const first = Object.entries(columns).filter(([name]) => name.startsWith(tier) && name.endsWith('.connections'))
  const mean = first.reduce((sum, [, values]) => sum + values[0]!, 0) / first.length
  return mean > 0 ? {...peak, ratio: peak.value / mean} : undefined
}

/** The tier that had least capacity of these, when that was first, and for how long in all it was not whole. */
export interface Low {
  readonly tier: string
  readonly at: Time
  readonly value: number
  readonly short: Duration
}

export function lowestCapacity({recording: {series, end}}: Told, tiers: readonly string[]): Low | undefined {
  // The last bucket may be cut off by the end of the run, and seem emptier than it is.
  const buckets = Math.floor(end / series.width)
  const lows = tiers.flatMap(tier => {
    const values = series.columns[`${tier}.capacity`]?.subarray(0, buckets)
    if (values === undefined) return []
    const value = values.reduce((least, it) => Math.min(least, it), 1)
    const short = values.reduce((sum, it) => sum + (it < whole ? series.width : 0), 0)
    return [{tier, at: values.indexOf(value) * series.width, value, short}]
  })
  return lows.sort((a, b) => a.value - b.value).find(({value}) => value < whole)
}
const whole = 0.999

/** How many in all buckets of these series, and when the first of them was. */
export function sumOf({recording: {series}}: Told, endings: readonly string[]): {total: number; first: Time} {
  const found = Object.entries(series.columns).filter(([name]) => endings.some(ending => name.endsWith(ending)))
  const firsts = found.map(([, values]) => values.findIndex(value => value > 0)).filter(at => at >= 0)
  const total = found.reduce((sum, [, values]) => sum + values.reduce((a, b) => a + b, 0), 0)
  return {total, first: firsts.length === 0 ? 0 : Math.min(...firsts) * series.width}
}
