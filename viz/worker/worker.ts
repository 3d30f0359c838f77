import {suits, usualWays} from '../../sim/comparison.ts'
import {defaultText} from '../../sim/scenario/default-text.ts'
import type {Scenario} from '../../sim/scenario/scenario.ts'
import {type Progress, simulate} from '../../sim/simulate.ts'
import {known} from '../../sim/strategies/index.ts'
import type {Option} from '../../sim/strategies/option.ts'
import {isPreset} from '../../sim/strategies/preset.ts'
import type {Strategy} from '../../sim/strategies/strategy.ts'
import {buffersOf, type Recording, recordingOf} from '../recording/recording.ts'
import type {Answer, Question} from './messages.ts'
import {type OptionOutline, outlineOf, type StrategyOutline} from './outline.ts'
import {partsFor} from './parts.ts'
import {Rehearsal} from './rehearsal.ts'
import {scenarioOf, textOf} from './scenario.ts'

const rehearsal = new Rehearsal()

/** The simulator, where it cannot hold up the page. It does one thing at a time, and answers each question once. */
addEventListener('message', async ({data}: MessageEvent<Question>) => {
  rehearsal.interrupt()
  try {
    answer(await answerTo(data))
  } catch (error) {
    answer({kind: 'failed', message: error instanceof Error ? error.message : String(error)})
  }
})

function answer(it: Answer): void {
  const transfer = it.kind === 'run' ? buffersOf(it.recording) : []
  postMessage(it, {transfer})
}

async function answerTo(question: Question): Promise<Answer> {
  if (question.kind === 'open') return opened(question.file)
  const {source} = question
  const unknown: Answer = {kind: 'failed', message: `there is no scenario ${source.name}`}
  if (question.kind === 'text') return textAnswer(await textOf(source)) ?? unknown
  const found = await scenarioOf(source)
  if (found === undefined) return unknown
  if ('errors' in found) return {kind: 'wrong', errors: found.errors}
  return question.kind !== 'outline' ? simulated(found.scenario, question) : {kind: 'outline', outline: outlined(found)}
}

const textAnswer = (text: string | undefined): Answer | undefined =>
  text === undefined ? undefined : {kind: 'text', text}

const outlined = ({scenario, root}: {readonly scenario: Scenario; readonly root: unknown}) =>
  outlineOf(scenario, root, usualWays(scenario), known.filter(it => suits(it, scenario)).map(told))

const told = (strategy: Strategy): StrategyOutline => ({
  name: strategy.name,
  summary: strategy.summary,
  isPreset: isPreset(strategy),
  options: Object.fromEntries(Object.entries(strategy.options).map(([name, option]) => [name, toldOf(option)])),
})

function toldOf(option: Option): OptionOutline {
  const choices = option.kind === 'flag' ? ['true', 'false'] : option.kind === 'choice' ? option.choices : undefined
  return {value: defaultText(option), about: option.about, ...(choices && {choices})}
}

/** In ms. The page draws itself anew for each, which takes of the time that a run and its compiler have. */
const progressEvery = 250

async function simulated(
  scenario: Scenario,
  {kind, source, seed, replace}: Extract<Question, {kind: 'run' | 'report'}>,
): Promise<Answer> {
  const options = {trace: kind === 'run', ...(seed !== undefined && {seed}), ...(replace !== undefined && {replace})}
  const parts = await partsFor(scenario.world)
  let told = performance.now()
  const progress = ({now, end}: Progress) => {
    if (performance.now() - told < progressEvery) return
    told = performance.now()
    answer({kind: 'progress', done: now / end})
  }
  const {report, trace} = simulate(scenario, {...options, progress}, parts)
  if (trace === undefined) return {kind: 'report', report}
  rehearsal.begin(source, scenario, options, parts)
  return {kind: 'run', report, recording: recordingOf(trace)}
}

async function opened(file: Blob): Promise<Answer> {
  const {openTrace} = await import('./file.ts')
  const result = await openTrace(file)
  if ('problem' in result) return {kind: 'failed', message: result.problem}
  const recording: Recording = recordingOf(result.trace)
  return {kind: 'run', recording, summary: summaryOf(recording)}
}

/** What a strategy does, if it alone released all; else which tier was released by which. */
function summaryOf({strategies}: Recording): string {
  const [only, ...others] = new Set(Object.values(strategies))
  const told = others.length === 0 ? known.find(({name}) => name === only)?.summary : undefined
  return (
    told ??
    Object.entries(strategies)
      .map(of => of.join(': '))
      .join(' · ')
  )
}
