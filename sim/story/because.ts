import type {Time} from '../engine/time.ts'
import type {ActorId} from '../net/events.ts'
import {inWords} from '../words/figures.ts'
import type {Account, Step, Told} from './account.ts'
import {type Annals, annalsOf, type Batch} from './annals.ts'
import type {Case, Finding} from './causes/case.ts'
import {findingOf} from './causes/finding.ts'
import {clientName, endingOf, fateOf, isWell, subjectOf} from './clients.ts'
import {ageOf, disruptionSentence, endOf, listed, onWhom, outcomeInWords} from './sentences.ts'

export type {Step}

/** How something came to its end, told from the beginning. */
export interface Story {
  /** `reset: killed at drain end` */
  readonly title: string
  /** The same with what led to it, for where there is one line. */
  readonly brief: string
  /** In order of time; the last is the end itself. */
  readonly steps: readonly Step[]
}

/** What became of whom, and when: what a disruption and a life of the sample have in common. */
interface Life {
  readonly workload: number
  readonly client: number
  readonly process: ActorId
  readonly from: Time
  readonly to: Time
}

/** The chain of causes of a disruption. */
export function becauseOf(told: Told, row: number): Story {
  const {recording} = told
  const found = inquiry(told, row)
  const {finding, life, batches} = found
  const title = endOf(recording, row)
  const steps = [
    ...batches.flatMap(batch => releaseSteps(recording, batch)),
    ...finding.steps,
    ...beginning(recording, life),
    ...earlier(recording, life, row),
    ...seenIn(told, life),
  ]
  return {
    title,
    brief: briefOf(told, row, found),
    steps: [...inOrder(steps), {at: life.to, text: disruptionSentence(recording, row)}],
  }
}

/** Its short form, for where somebody points: `reset: killed at drain end, batch 3, session 41 min old`. */
export function briefly(told: Told, row: number): string {
  return briefOf(told, row, inquiry(told, row))
}

/** What of that a sentence of the log does not say: `read by edge.3#1, batch 3`. */
export const blamed = (told: Told, row: number): string => blame(told.recording, inquiry(told, row)).join(', ')

/** The same of a life of the sample; one that nothing happened to has a story as well. */
export function becauseOfLife(told: Told, row: number): Story {
  const {recording} = told
  const {lives, outcomes} = recording
  const ending = endingOf(recording, row)
  if (ending !== undefined) return becauseOf(told, ending)
  const life = lifeAt(recording, row)
  const outcome = outcomes[lives.outcome[row]!]
  const how = outcome === undefined ? 'open when the run ends' : outcomeInWords(outcome)
  const subject = subjectOf(recording, life.workload)
  const who = `${clientName(recording, life.workload, life.client)}${onWhom(recording, life.process)}`
  const lost = isWell(outcome) ? '' : ', beyond what the trace keeps of causes'
  return {
    title: `${how}${lost}`,
    brief: `${how}${lost}, ${subject} of ${inWords((life.to - life.from) / 1e6)}`,
    steps: [
      ...inOrder([
        ...beginning(recording, life),
        ...earlier(recording, life, Number.POSITIVE_INFINITY),
        ...seenIn(told, life),
      ]),
      {at: life.to, text: `${how}, ${subject} of ${who}`},
    ],
  }
}

function lifeAt({lives}: Account, row: number): Life {
  return {
    workload: lives.workload[row]!,
    client: lives.client[row]!,
    process: lives.process[row]!,
    from: lives.from[row]!,
    to: lives.to[row]!,
  }
}

interface Inquiry {
  readonly life: Life
  readonly finding: Finding
  readonly batches: readonly Batch[]
  /** Whether the batches are to blame, and not only those that were under way. */
  readonly isSure: boolean
}

function inquiry(told: Told, row: number): Inquiry {
  const {recording} = told
  const {at, workload, client, process, took, cause} = recording.disruptions
  const annals = annalsOf(told)
  const to = at[row]!
  const from = to - took[row]!
  const life = {workload: workload[row]!, client: client[row]!, process: process[row]!, from, to}
  const it: Case = {recording, annals, at: to, began: Math.max(0, from), process: life.process}
  const finding = findingOf(recording.causes[cause[row]!], it)
  const own = guilty(annals, finding, it)
  const isFault = finding.places.length === 0 && finding.steps.length > 0
  const isSure = own.length > 0 || isFault
  return {life, finding, batches: isSure ? own : underWay(annals, it), isSure}
}

/** The batch that one of the hosts to blame was in, unless its release was through before anything happened. */
function guilty(annals: Annals, {places, steps}: Finding, {at}: Case): Batch[] {
  const since = Math.min(at, ...steps.map(step => step.at))
  const batches = places.flatMap(place => annals.batchOf(place, at) ?? [])
  return batches.filter(({release}) => release.to >= since).slice(0, 1)
}

/** Of every release that was going on the batch that began last. */
const underWay = (annals: Annals, {at}: Case): Batch[] =>
  annals.releases
    .filter(({from, to}) => from <= at && to >= at)
    .flatMap(({batches}) => batches.findLast(batch => batch.at <= at) ?? [])

function releaseSteps({strategies, actors}: Account, {at, tier, number, hosts, release}: Batch): Step[] {
  const strategy = strategies[tier]
  const of = Number.isFinite(release.to) ? ` of ${release.batches.length}` : ''
  const names = listed(hosts.map(host => actors[host]?.name ?? `actor ${host}`))
  return [
    {at: release.from, text: `the release of ${tier} begins${strategy === undefined ? '' : `, by ${strategy}`}`},
    {at, text: `batch ${number}${of} begins: ${names}`},
  ]
}

function beginning(recording: Account, {workload, from, process}: Life): Step[] {
  const subject = subjectOf(recording, workload, process)
  if (from > 0) return [{at: from, text: `its ${subject} begins`}]
  return [{at: 0, text: `its ${subject} is there when the run begins`}]
}

/** What its client saw of it, if somebody followed that. */
const seenIn = ({seen = []}: Told, {from, to}: Life): readonly Step[] => seen.filter(({at}) => at >= from && at <= to)

/** What happened to the same client before: all of it, or of much the first and the last. */
function earlier(recording: Account, {workload, client, to}: Life, row: number): Step[] {
  const {disruptions, workloads} = recording
  const before = fateOf(recording, workloads[workload]?.name ?? '', client).disruptions.filter(
    other => other < row && disruptions.at[other]! <= to,
  )
  const step = (other: number): Step => ({
    at: disruptions.at[other]!,
    text: `the same client, before: ${endOf(recording, other)}${onWhom(recording, disruptions.process[other]!)}`,
  })
  if (before.length <= 4) return before.map(step)
  const more = {at: disruptions.at[before[1]!]!, text: `the same client, ${before.length - 3} more times`}
  return [step(before[0]!), more, ...before.slice(-2).map(step)]
}

/** Of one instant in the order in which they were told: causes come before what they cause. */
const inOrder = (steps: readonly Step[]): Step[] =>
  steps
    .map((step, k) => ({step, k}))
    .sort((a, b) => a.step.at - b.step.at || a.k - b.k)
    .map(({step}) => step)

function briefOf({recording}: Told, row: number, inquiry: Inquiry): string {
  return [endOf(recording, row), ...blame(recording, inquiry), ageOf(recording, row)].join(', ')
}

/** Where and in which batch, as far as that is known. */
function blame({strategies}: Account, {finding: {note}, batches: [batch], isSure}: Inquiry): string[] {
  const of = batch !== undefined && Object.keys(strategies).length > 1 ? ` of ${batch.tier}` : ''
  const where = batch === undefined ? [] : [`${isSure ? '' : 'during '}batch ${batch.number}${of}`]
  return note === undefined ? where : [note, ...where]
}
