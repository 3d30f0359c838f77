import type {Conclusion, Finding, State, Verdict} from '../../reproduction/conclusion.ts'
import type {Claim} from '../../reproduction/target.ts'
import type {Format} from '../../words/table.ts'
import type {Seeds} from '../reproduction/json.ts'
import {
  advised,
  bounds,
  interval,
  publishedValue,
  rule,
  stateSigns,
  tally,
  verdictSigns,
} from '../reproduction/words.ts'
import {wrapped} from './prose.ts'
import type {Paper} from './table.ts'

const gap = '  '
/** Of all columns but the second, which gets what is left of the line. */
const widths = {id: 3, published: 12, strength: 3, simulated: 21, verdict: 17}
const fixed = Object.values(widths).reduce((sum, width) => sum + width + gap.length, 0)

interface Line {
  readonly cells: readonly [
    id: string,
    about: string,
    published: string,
    strength: string,
    simulated: string,
    verdict: string,
  ]
  readonly format?: Format | undefined
}

/** What was published, what the simulation gives and what follows, for every target and everything that it must show. */
export function drawConclusions(
  conclusions: readonly Conclusion[],
  {seed, seeds}: Seeds,
  paper: Paper,
  page: string,
): string {
  const rows = conclusions.map(it => [headLine(it), ...it.findings.map(findingLine)])
  const table = [headings, ...rows.flatMap((lines, i) => [...lines, ...noteLines(conclusions[i]!)])]
  const last = `seeds ${seed} to ${seed + seeds - 1}, means with their 95 % intervals; figures in ${page}`
  const sum = `${tally(conclusions.map(({verdict}) => verdict))}; ${last}`
  const foot = [sum, rule].flatMap(text => wrapped(text, paper.width))
  return [...table.flatMap(line => drawn(line, paper)), '', ...foot].map(it => `${it}\n`).join('')
}

const headings: Line = {cells: ['', 'measured', 'published', '', 'simulated', 'verdict'], format: 'bold'}

const formats: Readonly<Record<Verdict, Format | undefined>> = {
  reproduced: 'green',
  undecided: 'yellow',
  short: 'red',
  'recalled only': 'yellow',
  'not simulated': 'dim',
}

const headLine = ({subject: {id, title, published, strength}, verdict}: Conclusion): Line => ({
  cells: [id, title, published.standing, strength, '', `${verdictSigns[verdict]} ${advised(verdict)}`],
  format: formats[verdict],
})

const findingLine = ({claim, estimate, state}: Finding): Line => ({
  cells: [
    '',
    `  ${claim.about}`,
    publishedValue(claim),
    claim.strength ?? '',
    interval(estimate, claim),
    wanted(claim, state),
  ],
  format: stateFormats[state],
})

const stateFormats: Readonly<Record<State, Format | undefined>> = {holds: undefined, undecided: 'yellow', missed: 'red'}

function wanted(claim: Claim, state: State): string {
  const within = bounds(claim)
  if (within === '') return ''
  return `${stateSigns[state]} ${within}${state === 'holds' ? '' : `: ${state}`}`
}

/** Why nothing is simulated, what is lacking, and what a reader should know, on lines of their own. */
function noteLines({missing, target}: Conclusion): Line[] {
  const lacks = target?.lacks === undefined ? '' : `✗ ${target.lacks}`
  const notes = [missing, lacks, target?.remark ?? ''].filter(note => note !== '')
  return notes.map(note => ({cells: ['', `  ${note}`, '', '', '', ''], format: note === lacks ? 'red' : 'dim'}))
}

/** A line of the table, or several where what it says needs more room than its column has. */
function drawn({cells, format}: Line, {width, style}: Paper): string[] {
  const isNote = cells.slice(2).every(cell => cell === '')
  const about = isNote ? width - widths.id - gap.length : Math.max(24, width - fixed - gap.length)
  const columns = [widths.id, about, widths.published, widths.strength, widths.simulated, widths.verdict]
  const texts = cells.map((cell, i) => indented(cell, columns[i]!))
  const depth = Math.max(...texts.map(lines => lines.length))
  const lines = Array.from({length: depth}, (_, row) =>
    texts
      .map((text, i) => padded(text[row] ?? '', columns[i]!, i === 2 || i === 4))
      .join(gap)
      .trimEnd(),
  )
  return format ? lines.map(line => style(format, line)) : lines
}

function indented(text: string, width: number): string[] {
  const indent = /^ */.exec(text)![0]
  return wrapped(text.trimStart(), width - indent.length).map(line => indent + line)
}

const padded = (text: string, width: number, right: boolean): string => {
  const blanks = ' '.repeat(Math.max(0, width - [...text].length))
  return right ? blanks + text : text + blanks
}
