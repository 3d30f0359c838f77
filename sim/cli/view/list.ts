import {defaultText} from '../../scenario/release.ts'
import type {Scenario} from '../../scenario/scenario.ts'
import type {Option} from '../../strategies/option.ts'
import type {Strategy} from '../../strategies/strategy.ts'
import {wrapped} from './prose.ts'
import {printable} from './style.ts'
import type {Paper} from './table.ts'

/** The scenarios with the questions they ask, and the strategies with what can be set. */
export function drawList(scenarios: readonly Scenario[], strategies: readonly Strategy[], paper: Paper): string {
  const lines = [
    paper.style('bold', 'Scenarios (zdr run NAME, zdr compare NAME)'),
    ...scenarios.flatMap(it => about(it.name, [it.title, it.question], paper)),
    '',
    paper.style('bold', 'Strategies (--strategy NAME), with their options and what these are by default'),
    ...strategies.flatMap(it => [
      ...about(it.name, [it.summary, `Releases tiers of kind ${it.suits.join(', ')}.`], paper),
      ...Object.entries(it.options).flatMap(([name, option]) => optionLines(name, option, paper)),
    ]),
  ]
  return lines.map(line => `${line}\n`).join('')
}

const margin = 2
const textColumn = 24

function about(name: string, texts: readonly string[], {width, style}: Paper): string[] {
  const lines = texts.flatMap(text => wrapped(printable(text), width - textColumn))
  const head = ' '.repeat(margin) + style('bold', name) + ' '.repeat(Math.max(1, textColumn - margin - name.length))
  return ['', ...lines.map((line, i) => (i === 0 ? head : ' '.repeat(textColumn)) + line)]
}

const valueColumn = textColumn + 14

function optionLines(name: string, option: Option, {width, style}: Paper): string[] {
  const lines = wrapped(option.about, width - valueColumn)
  const head =
    `${' '.repeat(2 * margin)}${name}`.padEnd(textColumn) +
    style('dim', defaultText(option).padEnd(valueColumn - textColumn))
  return lines.map((line, i) => (i === 0 ? head : ' '.repeat(valueColumn)) + line)
}
