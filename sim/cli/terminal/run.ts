import type {Report} from '../../metrics/report.ts'
import type {Scenario} from '../../scenario/scenario.ts'
import {count, inWords} from '../../words/figures.ts'
import {summary, tablesOf} from '../../words/report.ts'
import {drawExpectations} from './expectations.ts'
import {paragraphs, wrapped} from './prose.ts'
import {printable} from './style.ts'
import {drawTable, type Paper} from './table.ts'

/** One run for people: what was simulated, what came of it, and one line that says it all. */
export function drawRun(report: Report, scenario: Scenario, paper: Paper): string {
  const parts = [
    drawHeader(scenario, report, paper),
    ...tablesOf(report).map(table => drawTable(table, paper)),
    drawExpectations(report, scenario, paper),
    drawWarnings([report], paper),
    paragraphs(summary(report), paper.width),
    drawEffort(report, paper),
  ]
  return parts.filter(part => part !== '').join('\n')
}

/** Title and question of a scenario, and what was run. */
export const drawHeader = (scenario: Scenario, report: Report, paper: Paper, about = released(report)): string =>
  drawHeading(scenario, [`seed ${report.seed}`, `${inWords(report.end)} simulated`, ...about], paper)

/** The same with any facts. */
export function drawHeading(
  {name, title, question}: Pick<Scenario, 'name' | 'title' | 'question'>,
  facts: readonly string[],
  {style, width}: Paper,
): string {
  const lines = [
    ...wrapped(printable(title), width).map(line => style('bold', line)),
    ...wrapped(printable(question), width),
    ...wrapped([name, ...facts].join(' · '), width).map(line => style('dim', line)),
  ]
  return lines
    .filter(line => line !== '')
    .map(line => `${line}\n`)
    .join('')
}

/** What the run took, and how many requests were worked out without events (docs/model.md). */
function drawEffort({engine: {events, crowd}}: Report, {style, width}: Paper): string {
  const together = crowd === 0 ? '' : `; ${count(crowd)} requests took none, for nothing happened to them`
  return wrapped(`${count(events)} events${together}.`, width)
    .map(line => `${style('dim', line)}\n`)
    .join('')
}

const released = (report: Report) => Object.entries(report.strategies).map(([tier, name]) => `${tier}: ${name}`)

/** Promises that a strategy broke, each told once. */
export function drawWarnings(reports: readonly Pick<Report, 'warnings'>[], {style, width}: Paper): string {
  const warnings = new Set(reports.flatMap(report => report.warnings))
  const lines = [...warnings].flatMap(warning => wrapped(`Warning: ${printable(warning)}`, width))
  return lines.map(line => `${style('yellow', line)}\n`).join('')
}
