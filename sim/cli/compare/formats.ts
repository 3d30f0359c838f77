import {type Finding, findings, type Replicated} from '../../experiment/comparison.ts'
import {usualConfidence} from '../../experiment/estimate.ts'
import {expectedOf} from '../../experiment/expectations.ts'
import type {Scenario} from '../../scenario/scenario.ts'
import {lines} from '../terminal/csv.ts'
import type {Seeds} from '../terminal/replicated.ts'

/** All numbers of a comparison over several seeds, for another program. */
export const json = (ways: readonly Replicated[], scenario: Scenario, {seed, replications}: Seeds) => ({
  schema: 'zdr-comparison/1',
  scenario: scenario.name,
  seed,
  replications,
  confidence: usualConfidence,
  strategies: columnsOf(ways).map(({way, found}) => ({
    strategy: way.strategy,
    numbers: Object.fromEntries(found.map(([name, finding]) => [name, numberJson(finding)])),
    expect: expectedOf(way, scenario).map(({path, wanted, unmet}) => ({
      path,
      wanted,
      unmet: unmet.map(it => seed + it),
    })),
  })),
})

/** Of each way the names of all numbers, with what was found. */
function columnsOf(ways: readonly Replicated[]) {
  const rows = namesIn(ways).map(name => [name, findings(name, ways)] as const)
  return ways.map((way, i) => ({way, found: rows.map(([name, found]) => [name, found?.[i]] as const)}))
}

/** Null stands for what is not known, as an interval without an end. */
function numberJson(finding: Finding | undefined) {
  if (finding?.estimate === undefined) return {mean: null, half: null}
  const {estimate, difference} = finding
  const {mean, half} = estimate
  if (difference === undefined) return {mean, half}
  const {verdict, needed} = difference
  return {mean, half, difference: {mean: difference.mean, half: difference.half, verdict, ...(needed && {needed})}}
}

/** The same as flat rows; what is not known is empty. */
export function csv(ways: readonly Replicated[]): string {
  const rows = namesIn(ways).flatMap(name => {
    const found = findings(name, ways) ?? []
    return found.map((finding, i) => [ways[i]!.strategy, name, ...fieldsOf(finding)])
  })
  return lines([[...'strategy,path,mean,half,difference,differenceHalf,verdict,needed'.split(',')], ...rows])
}

const fieldsOf = ({estimate, difference}: Finding): string[] =>
  [
    estimate?.mean,
    estimate?.half,
    difference?.mean,
    difference?.half,
    difference?.verdict,
    difference?.needed === Number.POSITIVE_INFINITY ? '' : difference?.needed,
  ].map(value => String(value ?? ''))

/** In the order of the reports; a cause that only some have seen stands where it was seen first. */
const namesIn = (ways: readonly Replicated[]): string[] => [
  ...new Set(ways.flatMap(({results}) => results.flatMap(({numbers}) => Object.keys(numbers)))),
]
