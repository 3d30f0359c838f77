import {type Contender, conclusion} from '../../../sim/words/conclusion.ts'
import {count, percent} from '../../../sim/words/figures.ts'
import {many} from '../../draw/words.ts'
import {type Contestant, listed, type Matter, nameOf, type Step, sentences, whole} from './steps.ts'

/** What the author of the scenario worked out beforehand: the comment before its first setting. */
export function arithmetic(matter: Matter, focus: number): Step | undefined {
  const lines = arithmeticIn(matter.text)
  if (lines === '') return undefined
  return {
    title: 'What it should come to',
    caption: sentences('The scenario file works it out beforehand:', expectations(matter)),
    lines,
    ...{focus, ofAll: true, time: matter.end, window: whole(matter), view: 'numbers'},
  }
}

/** The comments that have lines of their own at the margin, but for the one that is for editors. */
export function arithmeticIn(text: string): string {
  const lines = text.split(/\r?\n/).filter(line => line.startsWith('#') && !line.startsWith('# yaml-language-server'))
  return lines
    .map(line => line.replace(/^# ?/, ''))
    .join('\n')
    .trim()
}

function expectations({runs}: Matter): string {
  const expected = runs.filter(({run}) => (run.report?.expect.length ?? 0) > 0)
  const all = expected.flatMap(({run}) => run.report!.expect)
  if (all.length === 0) return ''
  const met = all.filter(it => it.met).length
  const whose =
    expected.length === runs.length
      ? 'in these runs'
      : `under ${listed(expected.map(nameOf))}; of the others it expects nothing`
  return met === all.length
    ? `all ${many(all.length, 'expectation')} of it are met ${whose}.`
    : `${count(met)} of ${many(all.length, 'expectation')} are met ${whose}.`
}

/** Runs that end with the same number, each group in a sentence. */
function ties({runs}: Matter): string[] {
  const totalOf = ({run}: Contestant) => run.recording.disruptions.total
  return [...new Set(runs.map(totalOf))].flatMap(total => {
    const group = runs.filter(told => totalOf(told) === total)
    if (group.length < 2) return []
    return [
      `By the end of the run ${listed(group.map(nameOf))} have the same number of disruptions, ${count(total)}${reasonOf(group)}.`,
    ]
  })
}

/** Some close their listening sockets as others listen beside them, some pass them on, and that makes no difference. */
function reasonOf(group: readonly Contestant[]): string {
  const closing = group.filter(({batches}) => batches.some(({besides}) => besides === true))
  const passing = group.filter(({batches}) => batches.some(({passed}) => passed !== undefined))
  const isAll = closing.length > 0 && passing.length > 0 && closing.length + passing.length === group.length
  const isQueueEmpty = closing.every(({run: {recording, tally}}) => {
    const cause = recording.causes.indexOf('accept-queue-closed')
    return cause === -1 || tally.ofCause(cause, -1, recording.end) === 0
  })
  return isAll && isQueueEmpty ? ': nobody was in an accept queue that was closed' : ''
}

/** What to take from it. */
export function end(matter: Matter, focus: number): Step {
  const contenders = matter.runs.flatMap(({run: {lane, report}}) => (report ? [{strategy: lane.label, report}] : []))
  const words = contenders.length > 1 ? conclusion(contenders) : contenders.map(it => alone(it))
  return {
    title: 'The end',
    caption:
      words.length > 0 ? sentences(...words, ...ties(matter)) : `In the end it is ${listed(matter.runs.map(totals))}.`,
    ...{focus, ofAll: true, time: matter.end, window: whole(matter), view: 'numbers'},
  }
}

const alone = ({report: {disruption}}: Contender) =>
  `In the end ${count(disruption.count)} of all that users asked for came to nothing, or broke: ${percent(disruption.fraction, 3)} %.`

const totals = (told: Contestant) => `${count(told.run.recording.disruptions.total)} disrupted under ${nameOf(told)}`
