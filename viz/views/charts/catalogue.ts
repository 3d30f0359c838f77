import {tiersOf} from '../../../sim/trace/hosts.ts'
import type {Course, Worst} from '../../draw/course.ts'
import type {Recording} from '../../recording/recording.ts'
import {balance, counted, level, rate, summed} from './measured.ts'
import {atATime, onAverage, perSecond, shareOf, soFar, time, timesTheFirstMean, type Unit} from './unit.ts'

/** A number that every run has a course of, and which of several is meant: a workload, a tier. */
export interface Chart {
  readonly title: string
  readonly unit: Unit
  readonly worst: Worst
  readonly isLog?: true
  /** At least one; the first is shown unless somebody chooses another. */
  readonly choices: readonly Choice[]
}
export interface Choice {
  readonly name: string
  readonly course: (recording: Recording) => Course
  /** What the run that is looked at closely ranges over: lowest and highest. */
  readonly band?: (recording: Recording) => readonly [low: Course, high: Course]
}

/** The charts that runs of a scenario have data for, in the order in which one looks at them. */
export function chartsOf(recordings: readonly Recording[]): Chart[] {
  const of = (how: (names: readonly string[]) => Choice['course'], by: readonly string[], columns = by) =>
    choices(recordings, how, by, columns)
  const rates = (...columns: string[]) => of(rate, columns)
  return [
    most('Requests held', atATime, ofTiers(recordings, 'held')),
    least('Nodes that take writes', onAverage, ofTiers(recordings, 'writers')),
    most('Rows whose copies differ', atATime, ofTiers(recordings, 'divergent')),
    most('Queries that wait for a lock', atATime, ofTiers(recordings, 'blocked')),
    ...shares(recordings),
    most('Reconnects', perSecond, rates('reconnects')),
    most('Connections on the fullest host', timesTheFirstMean, imbalances(recordings)),
    {...most('Latency, p99', time, of(level, ['started'], ['p99'])), isLog: true as const},
    {...most('Latency, p50', time, of(level, ['started'], ['p50'])), isLog: true as const},
    most('Misrouted packets', perSecond, rates('packets.unknown', 'packets.wrong-host')),
    most('Forwarded packets', perSecond, rates('packets.forwarded')),
    most('Packets dropped', perSecond, rates('packets.overflowed', 'packets.unread', 'packets.lost')),
    most('POSTs handed back (379)', soFar, of(summed, ['handedBack'])),
    most('POSTs replayed', soFar, of(summed, ['replayed'])),
    most('Tunnels moved', perSecond, rates('moved')),
    least('Publishes to brokers', perSecond, rates('up')),
    least('Publishes to users', perSecond, rates('down')),
  ].filter(chart => chart.choices.length > 0)
}

const most = (title: string, unit: Unit, choices: readonly Choice[]): Chart => ({title, unit, worst: 'most', choices})
const least = (title: string, unit: Unit, choices: readonly Choice[]): Chart => ({title, unit, worst: 'least', choices})

/** A choice for each workload that has any of the columns; first those that have most of what they are ordered by. */
function choices(
  recordings: readonly Recording[],
  how: (names: readonly string[]) => Choice['course'],
  by: readonly string[],
  columns: readonly string[],
): Choice[] {
  const weight = (names: readonly string[]) => Math.max(...recordings.map(it => counted(it, names)))
  const all = recordings[0]!.workloads.map(({name}) => {
    const own = (suffixes: readonly string[]) => suffixes.map(suffix => `${name}.${suffix}`)
    return {name, course: how(own(columns)), has: weight(own(columns)) > 0, weight: weight(own(by))}
  })
  return all.filter(({has}) => has).sort((a, b) => b.weight - a.weight)
}

/** Of each tier that has any of it. */
function ofTiers(recordings: readonly Recording[], what: 'held' | 'writers' | 'divergent' | 'blocked'): Choice[] {
  const columns = [...tiersOf(recordings[0]!).keys()].map(tier => ({tier, column: `${tier}.${what}`}))
  return columns
    .filter(({column}) => recordings.some(it => counted(it, [column]) > 0))
    .map(({tier, column}) => ({name: tier, course: level([column])}))
}

/** Capacity and idle CPU of what is released, or of all tiers where nothing is. */
function shares(recordings: readonly Recording[]): Chart[] {
  const released = new Set(recordings.flatMap(({strategies}) => Object.keys(strategies)))
  const tiers = [...tiersOf(recordings[0]!).keys()]
  const shown = tiers.some(it => released.has(it)) ? tiers.filter(it => released.has(it)) : tiers
  const charts = (title: string, what: string, whole: string) =>
    shown
      .map(tier => ({tier, column: `${tier}.${what}`}))
      .filter(({column}) => recordings.some(it => counted(it, [column]) > 0))
      .map(({tier, column}) => least(`${title} of ${tier}`, shareOf(whole), [{name: tier, course: level([column])}]))
  return [...charts('Capacity', 'capacity', 'hosts'), ...charts('Idle CPU', 'idle', 'cores')]
}

/** Of each tier whose hosts keep connections, if there are several among whom they can be spread. */
function imbalances(recordings: readonly Recording[]): Choice[] {
  const columnsOf = (recording: Recording, tier: string) =>
    (tiersOf(recording).get(tier) ?? []).map(host => `${recording.actors[host]!.name}.connections`)
  const tiers = [...tiersOf(recordings[0]!).keys()].filter(tier => {
    const columns = columnsOf(recordings[0]!, tier)
    return columns.length > 1 && recordings.some(it => counted(it, columns) > 0)
  })
  return tiers.map(name => {
    const over = (which: 'min' | 'max') => (it: Recording) => balance(it, columnsOf(it, name), which)
    return {name, course: over('max'), band: it => [over('min')(it), over('max')(it)]}
  })
}
