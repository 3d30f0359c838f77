import {type Finding, type Severity, severities} from '../../lint/finding.ts'
import {rules} from '../../lint/rules.ts'
import type {Scenario} from '../../scenario/scenario.ts'
import type {Format} from '../../words/table.ts'
import {commandLine} from '../failure.ts'
import {wrapped} from './prose.ts'
import {printable} from './style.ts'
import type {Paper} from './table.ts'

const formats: Readonly<Record<Severity, Format>> = {error: 'red', warning: 'yellow', note: 'bold'}
const margin = '  '

/** Each finding with the values that do not go together, the reason, what to set instead and the evidence. */
export function drawFindings(scenario: Scenario, findings: readonly Finding[], paper: Paper): string {
  const title = wrapped(printable(scenario.title), paper.width).map(line => paper.style('bold', line))
  const lines = [
    ...title,
    '',
    ...findings.flatMap(finding => [...drawFinding(finding, paper), '']),
    ...sum(findings, paper),
  ]
  return lines.map(line => `${line}\n`).join('')
}

function drawFinding({rule, severity, found, reason, fix, evidence}: Finding, {width, style}: Paper): string[] {
  const paths = Math.max(...found.map(({path}) => path.length))
  return [
    `${style(formats[severity], severity)} ${rule}`,
    ...found.map(({path, value}) => `${margin}${path.padEnd(paths)}  ${printable(value)}`),
    ...wrapped(printable(reason), width - margin.length).map(line => margin + line),
    ...pasteable(fix, width - margin.length).map(line => margin + style('green', line)),
    margin + style('dim', evidence),
  ]
}

/** The values as they are typed into a shell, and on further lines if that is long. */
function pasteable(fix: readonly string[], width: number): string[] {
  const words = fix.map(set => commandLine(['--set', set]).replace(/^zdr /, ''))
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 3 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.map((line, i) => (i < lines.length - 1 ? `${line} \\` : line))
}

function sum(findings: readonly Finding[], {width}: Paper): string[] {
  if (findings.length === 0) return wrapped(`Nothing is wrong by any of ${rules.length} rules.`, width)
  const counts = severities.flatMap(it => {
    const {length} = findings.filter(({severity}) => severity === it)
    return length === 0 ? [] : [`${length} ${it}${length === 1 ? '' : 's'}`]
  })
  return wrapped(`${counts.join(', ')} by ${rules.length} rules; nothing was run.`, width)
}
