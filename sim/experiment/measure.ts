import {nearest} from '../scenario/nearest.ts'
import {namesOf} from '../scenario/references.ts'
import {reportRoots, strayed} from '../scenario/report-paths.ts'
import {type Measure, measureGroups} from '../words/measures.ts'
import {asBytes, asCounts, asDurations, asPercents, asRatios, type Styling} from '../words/rows.ts'
import type {Data} from './data.ts'

/** A number of a row that somebody asks for. */
export type Asked = Pick<Measure, 'name' | 'styling' | 'better'>

/** What one may say for short. */
const short: Readonly<Record<string, string>> = {
  disruption: 'disruption.fraction',
  duration: 'release.duration',
  capacity: 'capacity.min',
}

/** The measure of a name, or a path of the report; of neither, what is wrong with it. `data` is the scenario as plain data. */
export function measureNamed(word: string, data: Data): Asked | string {
  const name = Object.hasOwn(short, word) ? short[word]! : word
  const names = namesOf(data)
  const measures = measureGroups(names.traffic).flatMap(group => group.measures)
  const known = measures.find(it => it.name === name)
  if (known !== undefined) return known
  const problem = strayed(name, names)
  if (problem === undefined) return {name, styling: stylingOf(name), better: betterOf(name)}
  const all = measures.map(it => it.name)
  const whole = reportRoots.map(root => `${root}.${name}`).find(path => strayed(path, names) === undefined)
  const near = whole ?? nearest(name, [...all, ...Object.keys(short)])
  if (near !== undefined) return `there is no measure '${word}'; did you mean ${short[near] ?? near}?`
  if (name.includes('.')) return `there is no measure '${word}': found ${problem.found}, wanted ${problem.wanted}`
  return `there is no measure '${word}'\nmeasures: ${all.join(', ')}, or any path of the report`
}

/** Whether it is of all that happens in a run, as a share, a mean and a percentile are: a longer run thins it. */
export const isAveraged = ({name}: Asked): boolean => /\.(fraction|mean|p\d+)$/.test(name)

function stylingOf(path: string): Styling {
  if (/\.(fraction|capacity\.\w+|idleCpu\.\w+)$/.test(path)) return asPercents(3)
  if (/\.(latency|delay)\.\w+$|\.(startedAt|finishedAt|duration|haltedAt|peakAt|troughAt)$/.test(path))
    return asDurations
  if (/\.(memory\.peak|bytes\.\w+|proxyMemory\.peak|udp\.leaked)$/.test(path)) return asBytes
  return /\.(mean|before|min|max|peakOverMean)$/.test(path) ? asRatios(4) : asCounts
}

const betterOf = (path: string): Measure['better'] =>
  /\.(completed|delivered|capacity\.\w+|idleCpu\.\w+|flow\.\w+|new|moved)$/.test(path) ? 'higher' : 'lower'
