import type {Time} from '../../../sim/engine/time.ts'
import {count, decimal, percent} from '../../../sim/words/figures.ts'
import {spanText} from '../../draw/words.ts'
import {fullestHost, lowestCapacity, peakOf} from './moments.ts'
import {type Contestant, clockOf, listed, looking, type Matter, nameOf, type Step, sentences, under} from './steps.ts'

/** The run with the greatest value of something, that value, and those of the others. */
export function champion<T>(matter: Matter, find: (told: Contestant) => T | undefined, size: (it: T) => number) {
  const found = matter.runs.flatMap(told => {
    const it = find(told)
    return it === undefined ? [] : [{told, it}]
  })
  const [best, ...others] = found.sort((a, b) => size(b.it) - size(a.it))
  return best === undefined ? undefined : {...best, others}
}

/** From an instant on for as long as a bucket of the series lasts. */
export const bucketAt = ({run}: Contestant, at: Time) => [at, at + run.recording.series.width] as const

/** When most come back at once. */
export function storm(matter: Matter): Step | undefined {
  const reconnects = ({run}: Contestant) => peakOf(run, '.reconnects')
  const best = champion(matter, reconnects, ({value}) => value)
  if (best === undefined || best.it.value < 20) return undefined
  const {told, it, others} = best
  const busiest = told.run.report?.connections[it.of]?.reconnects.peakPerSecond
  const peak = busiest === undefined || busiest === it.value ? '' : `; its busiest second has ${count(busiest)}`
  const elsewhere = others.map(other => `${count(other.it.value)} for ${nameOf(other.told)}`)
  return {
    title: 'The storm of those who come back',
    caption: sentences(
      'Whose connection broke asks for another.',
      `From ${clockOf(matter)(it.at)} on ${count(it.value)} of ${it.of} do within ${spanText(told.run.recording.series.width)}${under(matter, told)}${peak}.`,
      elsewhere.length === 0 ? '' : `The most elsewhere is ${listed(elsewhere)}.`,
    ),
    ...looking(matter, told, bucketAt(told, it.at), 'charts'),
  }
}

/** When one host has far more than its share. */
export function imbalance(matter: Matter): Step | undefined {
  const fullest = ({run}: Contestant) => fullestHost(run)
  const best = champion(matter, fullest, ({ratio}) => ratio)
  if (best === undefined || best.it.ratio < 1.2) return undefined
  const {told, it, others} = best
  const elsewhere = others.map(other => `${decimal(other.it.ratio, 2)} for ${nameOf(other.told)}`)
  return {
    title: 'One host fills up',
    caption: sentences(
      'Who comes back goes to those who take new work.',
      `At ${clockOf(matter)(it.at)} ${it.of} has ${count(it.value)} connections${under(matter, told)}, ${decimal(it.ratio, 2)} times what hosts had at the start.`,
      elsewhere.length === 0 ? '' : `It comes to ${listed(elsewhere)}.`,
    ),
    ...looking(matter, told, bucketAt(told, it.at), 'charts'),
  }
}

/** When least of a tier can take new work. */
export function capacity(matter: Matter): Step | undefined {
  const tiers = ({run}: Contestant) => [
    ...new Set([...Object.keys(run.recording.strategies), ...(matter.outline?.tiers ?? []).map(({name}) => name)]),
  ]
  const lowest = (told: Contestant) => lowestCapacity(told.run, tiers(told))
  const best = champion(matter, lowest, ({value, short}) => (1 - value) * matter.end + short / 1000)
  if (best === undefined) return undefined
  const {told, it} = best
  const spared = matter.runs.filter(run => lowest(run) === undefined).map(nameOf)
  return {
    title: `Capacity falls to ${percent(it.value)} %`,
    caption: sentences(
      `At ${clockOf(matter)(it.at)} only ${percent(it.value)} % of ${it.tier} can take new work${under(matter, told)}; for ${spanText(it.short)} in all, some of the tier is out.`,
      spared.length === 0 ? '' : `It stays whole under ${listed(spared)}.`,
    ),
    ...looking(matter, told, bucketAt(told, it.at), 'charts'),
  }
}
