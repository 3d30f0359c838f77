import {defaultText} from '../../scenario/default-text.ts'
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
  return ['', ...besideHead(name, style('bold', name), lines, margin, textColumn)]
}

const valueColumn = textColumn + 14

function optionLines(name: string, option: Option, {width, style}: Paper): string[] {
  const lines = wrapped(option.about, width - valueColumn)
  const value = defaultText(option)
  const beside = besideHead(value, style('dim', value), lines, 0, valueColumn - textColumn)
  return besideHead(name, name, beside, 2 * margin, textColumn)
}

/** Lines in a column, beside a head in the one before, or below it where that is too long. */
function besideHead(plain: string, styled: string, lines: readonly string[], indent: number, column: number): string[] {
  const head = ' '.repeat(indent) + styled
  const shifted = lines.map(line => ' '.repeat(column) + line)
  if (indent + plain.length + 2 > column) return [head, ...shifted]
  return [head + ' '.repeat(column - indent - plain.length) + (lines[0] ?? ''), ...shifted.slice(1)]
}
