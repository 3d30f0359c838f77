import {suits, usualWays} from '../../sim/comparison.ts'
import {run} from '../../sim/run.ts'
import {parseScenario} from '../../sim/scenario/parse.ts'
import {defaultText} from '../../sim/scenario/release.ts'
import type {Scenario} from '../../sim/scenario/scenario.ts'
import {known} from '../../sim/strategies/index.ts'
import {isPreset} from '../../sim/strategies/preset.ts'
import type {Strategy} from '../../sim/strategies/strategy.ts'
import {buffersOf, type Recording, recordingOf} from '../recording/recording.ts'
import {openTrace} from './file.ts'
import type {Answer, Question, Source} from './messages.ts'
import {outlineOf, type StrategyOutline} from './outline.ts'
import {shippedText} from './shipped.ts'

/** The simulator, where it cannot hold up the page. It does one thing at a time, and answers each question once. */
addEventListener('message', async ({data}: MessageEvent<Question>) => {
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
  const text = question.source.text ?? (await shippedText(question.source.name))
  if (text === undefined) return {kind: 'failed', message: `there is no scenario ${question.source.name}`}
  const result = parse(question.source, text)
  if (Array.isArray(result)) return {kind: 'wrong', errors: result}
  if (question.kind === 'outline') return {kind: 'outline', outline: outlined(result, text)}
  return simulated(result, question)
}

function parse({name, sets}: Source, text: string) {
  const result = parseScenario(text, {file: `${name}.yaml`, name, strategies: known, overrides: sets})
  return 'scenario' in result ? result.scenario : [...result.errors]
}

const outlined = (scenario: Scenario, text: string) =>
  outlineOf(scenario, text, usualWays(scenario), known.filter(it => suits(it, scenario)).map(told))

const told = (strategy: Strategy): StrategyOutline => ({
  name: strategy.name,
  summary: strategy.summary,
  isPreset: isPreset(strategy),
  options: Object.fromEntries(
    Object.entries(strategy.options).map(([name, option]) => [name, {value: defaultText(option), about: option.about}]),
  ),
})

function simulated(scenario: Scenario, {kind, seed, replace}: Extract<Question, {kind: 'run' | 'report'}>): Answer {
  let told = 0
  const {report, trace} = run(scenario, {
    trace: kind === 'run',
    ...(seed !== undefined && {seed}),
    ...(replace !== undefined && {replace}),
    progress: ({now, end}) => {
      const done = Math.floor((now / end) * 50)
      if (done > told) answer({kind: 'progress', done: done / 50})
      told = done
    },
  })
  return trace === undefined ? {kind: 'report', report} : {kind: 'run', report, recording: recordingOf(trace)}
}

async function opened(file: Blob): Promise<Answer> {
  const result = await openTrace(file)
  if ('problem' in result) return {kind: 'failed', message: result.problem}
  const recording: Recording = recordingOf(result.trace)
  return {kind: 'run', recording}
}
