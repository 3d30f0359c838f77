import type {Time} from '../../../sim/engine/time.ts'
import {tiersOf} from '../../../sim/trace/hosts.ts'
import {concise, count} from '../../../sim/words/figures.ts'
import {many} from '../../draw/words.ts'
import type {BatchStory} from './batch.ts'
import {batchInWords, hostsInWords} from './batch-words.ts'
import {type Contestant, clockOf, listed, looking, type Matter, nameOf, type Step, sentences, whole} from './steps.ts'

/** What is asked, and which runs are to answer it. */
export function question(matter: Matter, focus: number): Step {
  const {outline, runs} = matter
  const ways = runs.length === 1 ? '' : `The same traffic meets ${listed(runs.map(nameOf))}.`
  return {
    title: outline?.title ?? runs[0]!.run.recording.scenario,
    caption: sentences(outline?.question ?? '', ways),
    ...{focus, ofAll: true, time: 0, window: whole(matter), view: 'charts'},
  }
}

/** Who is there and what they do until something happens. */
export function before(matter: Matter, told: Contestant): Step | undefined {
  const {recording, tally} = told.run
  const until = firstChange(told)
  if (until === undefined || until === 0) return undefined
  const fleet = [...tiersOf(recording)].map(([tier, hosts]) => `${many(hosts.length, 'host')} of ${tier}`)
  const disrupted = tally.count(-1, until - 1)
  const calm =
    disrupted === 0 ? 'Nothing is disrupted.' : `Even so ${many(disrupted, 'disruption')} come by themselves.`
  return {
    title: 'Before',
    caption: `Until ${clockOf(matter)(until)} everything runs normally: ${listed(fleet)} for ${listed(trafficBefore(told, until))}. ${calm}`,
    ...looking(matter, told, [0, until * 2], 'charts', until - 1),
  }
}

const firstChange = ({batches, faults}: Contestant): Time | undefined => {
  const times = [...faults, ...batches].map(({at}) => at)
  return times.length === 0 ? undefined : Math.min(...times)
}

/** `20,000 connections of chat`, `60 requests of web a second`. */
function trafficBefore({run: {recording}}: Contestant, until: Time): string[] {
  const {columns, width} = recording.series
  const buckets = Math.max(1, Math.floor(until / width))
  return recording.workloads.map(({name}) => {
    const open = columns[`${name}.open`]?.[buckets - 1]
    if (open !== undefined && open > 0) return `${many(open, 'connection')} of ${name}`
    // The first bucket has those as well that were under way when the run began.
    const first = buckets > 1 ? 1 : 0
    const started = columns[`${name}.started`]?.subarray(first, buckets).reduce((sum, it) => sum + it, 0) ?? 0
    return `${perSecond(started / (((buckets - first) * width) / 1e6))} requests of ${name} a second`
  })
}

const perSecond = (rate: number) => (rate < 10 ? concise(rate) : count(Math.round(rate)))

/** The first batch of each tier: what the strategy does, and what becomes of sockets. */
export function batches(matter: Matter, told: Contestant): Step[] {
  const {outline} = matter
  const sizes = tiersOf(told.run.recording)
  const isServer = (tier: string) => outline?.tiers.find(({name}) => name === tier)?.kind === 'server'
  return told.batches.map(story => {
    const strategy = told.run.recording.strategies[story.tier] ?? told.run.lane.label
    const summary = outline?.choices.find(({name}) => name === strategy)?.summary ?? ''
    const hosts = hostsInWords(story, sizes.get(story.tier)?.length)
    const clock = clockOf(matter)
    return {
      title: `${strategy} begins with ${hosts}`,
      caption: sentences(
        `${clock(story.at)}: ${summary}`,
        batchInWords(story, clock, isServer(story.tier)) || standstill(told),
      ),
      ...looking(matter, told, [story.at, busyUntil(story)], 'hosts', tellingTime(story)),
    }
  })
}

/** Where nothing is heard of a batch. */
const standstill = ({over}: Contestant) => (over ? '' : 'By the end of the run it has come no further.')

/** When there is most to see of it. */
const tellingTime = ({at, passed, closed, gone, withdrawn}: BatchStory): Time =>
  passed ?? closed ?? gone ?? withdrawn ?? at

const busyUntil = ({at, listens, closed, left, announced}: BatchStory): Time =>
  Math.max(at, listens ?? 0, closed ?? 0, left ?? 0, announced ?? 0)
