import type {Time} from '../../../sim/engine/time.ts'
import type {Cause} from '../../../sim/net/events.ts'
import {causeWords} from '../../../sim/story/sentences.ts'
import {causesInWords, outcomesInWords} from '../../../sim/words/causes.ts'
import {count} from '../../../sim/words/figures.ts'
import {many, spanText} from '../../draw/words.ts'
import {families} from '../../recording/family.ts'
import {endOfDrain} from './batch-words.ts'
import {type Burst, cutByWorkload, firstBurst, worstStretch} from './moments.ts'
import {
  type Contestant,
  clockOf,
  listed,
  looking,
  type Matter,
  nameOf,
  type Step,
  sentences,
  under,
  whole,
} from './steps.ts'

/** The first who notice, and why; and the first who are cut at drain end; with what to do about it, if `advised`. */
export function firstErrors(matter: Matter, told: Contestant, advised: boolean): Step[] {
  const cut = firstBurst(told.run, 'cut')
  const first = firstBurst(told.run, 'all', cut?.from)
  if (first === undefined && cut === undefined) return [nobody(matter, told)]
  return [
    ...(first === undefined ? [] : [errors(matter, told, first, advised)]),
    ...(cut === undefined ? [] : [drainEnd(matter, told, cut, advised)]),
  ]
}

const nobody = (matter: Matter, told: Contestant): Step => ({
  title: 'Nobody notices',
  caption: `The run comes to its end${under(matter, told)} without a single disruption${told.over ? '' : ', but its release is not over by then'}.`,
  ...{focus: told.index, time: matter.end, window: whole(matter), view: 'charts'},
})

function errors(matter: Matter, told: Contestant, {from, to, count: all, causes}: Burst, advised: boolean): Step {
  const kinds = causes.slice(0, 3).map(([cause, number]) => `${count(number)} ${inWords(cause)}`)
  const within = to - from < 1000 ? '' : `, within ${spanText(to - from)}`
  return {
    title: all === 1 ? 'The first who notices' : `The first who notice: ${count(all)}`,
    caption: sentences(
      `From ${clockOf(matter)(from)} on${within}: ${listed(kinds)}.`,
      advised ? adviceFor(causes[0]![0]) : '',
    ),
    ...looking(matter, told, [from, to], 'charts'),
  }
}

/** `refused (nobody listened)`. */
function inWords(cause: Cause): string {
  if (cause === 'done') return cause
  const known = causesInWords[cause]
  return known === undefined
    ? causeWords(cause)
    : `${outcomesInWords[known.outcome as keyof typeof outcomesInWords]} (${known.words})`
}

const adviceFor = (cause: Cause): string =>
  cause === 'done' || causesInWords[cause] === undefined ? '' : `To have less of that, ${causesInWords[cause].advice}.`

/** What is still there when the drain is over. */
function drainEnd(matter: Matter, told: Contestant, burst: Burst, advised: boolean): Step {
  const cut = cutByWorkload(told.run, burst)
  const here = cut.reduce((sum, [, number]) => sum + number, 0)
  const all = told.run.tally.times(families.indexOf('cut')).length
  const who = listed(cut.map(([name, number]) => `${count(number)} of ${name}`))
  return {
    title: `The drain ends: ${count(here)} are cut`,
    caption: sentences(
      `${whenDrained(matter, told, burst.from)} what the old processes still hold is cut: ${who}.`,
      burst.count > here ? `${many(burst.count - here, 'other')} notice soon after.` : '',
      all > here ? `By the end of the run ${count(all)} are cut.` : '',
      advised ? adviceFor('killed-at-drain-end') : '',
    ),
    ...looking(matter, told, [burst.from, burst.to], 'connections'),
  }
}

/** The instant as the step of the batch names it, and how long it drained, if that is the first of its tier. */
function whenDrained(matter: Matter, {batches}: Contestant, at: Time): string {
  const clock = clockOf(matter)
  for (const {drained, gone, allGone} of batches) {
    if (drained === undefined || gone === undefined || Math.abs(gone - at) >= 1_000_000) continue
    const [first, last] = endOfDrain({gone, allGone}, clock)
    return `${first === last ? `At ${first}` : `From ${first} to ${last}`}, after a drain of ${spanText(gone - drained)},`
  }
  return `At ${clock(at)}`
}

/** What there is to break. */
function what({run: {recording}}: Contestant): string {
  const asking = recording.workloads.filter(({kind}) => ['http', 'keep-alive', 'upload'].includes(kind)).length
  if (asking === 0) return 'connections'
  return asking === recording.workloads.length ? 'requests' : 'requests and connections'
}

/** The second in which most broke, of all runs; of short runs a smaller stretch. */
export function worst(matter: Matter): Step | undefined {
  const length = [1_000_000, 100_000, 10_000].find(it => it * 60 <= matter.end) ?? 1_000
  const found = matter.runs.flatMap(told => {
    const it = worstStretch(told.run, length)
    return it === undefined ? [] : [{told, ...it}]
  })
  const [most, ...rest] = found.sort((a, b) => b.count - a.count)
  if (most === undefined || most.count < 10) return undefined
  const {told, from} = most
  const isSecond = length === 1_000_000
  const name = isSecond ? 'second' : spanText(length)
  const others = rest.map(
    (other, i) => `of ${nameOf(other.told)} ${i > 0 ? '' : isSecond ? 'has ' : 'have '}${count(other.count)}`,
  )
  const within = isSecond ? 'in one second' : `within ${name}`
  return {
    title: `The worst ${name}`,
    caption: `${count(most.count)} ${what(told)} break ${within}, at ${clockOf(matter)(from)}${matter.runs.length > 1 ? ',' : ''}${under(matter, told)}${others.length === 0 ? '' : `; the worst ${name} ${listed(others)}`}.`,
    ...looking(matter, told, [from, from + length], 'charts'),
  }
}
