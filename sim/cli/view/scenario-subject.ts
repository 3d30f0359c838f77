import {gzipSync} from 'node:zlib'
import type {EmbeddedRun, ScenarioText} from '../../../viz/embedded.ts'
import {asWritten} from '../../words/as-written.ts'
import {megabyte} from '../input-file.ts'
import {shippedNames} from '../package-folder.ts'
import {documentOf} from '../server/documents.ts'
import type {Request, Simulation, Wanted} from '../simulation.ts'
import {addressOf, given, type Subject} from './subject.ts'

/** With more than that the page is slower to open than to simulate. */
const mostOfRuns = 16 * megabyte

export function scenarioSubject(simulation: Simulation, request: Request): Subject {
  const text = shippedNames().includes(request.scenario) ? undefined : textOf(simulation)
  const hash = hashOf(request, text === undefined)
  return {
    name: simulation.scenario.name,
    address: `${text === undefined ? '' : queryOf(text)}${hash === '' ? '' : `#${hash}`}`,
    documents: new Map(text === undefined ? [] : documentsOf(text)),
    embedded: () => ({address: hash, ...(text && {scenario: text}), runs: runsOf(simulation)}),
  }
}

const textOf = ({scenario, file}: Simulation): ScenarioText => ({
  name: scenario.name,
  text: file.text,
  files: Object.fromEntries(file.files),
})

function hashOf({scenario, strategies, seed, set}: Request, isShipped: boolean): string {
  const words = new URLSearchParams(isShipped ? {scenario} : {})
  for (const it of set) words.append('set', it)
  if (seed !== undefined) words.set('seed', String(seed))
  if (strategies.length > 0) words.set('strategies', strategies.join(','))
  return String(words).replaceAll('%2C', ',')
}

function queryOf({name, files}: ScenarioText): string {
  const data = Object.keys(files).map(path => `&data=${addressOf(path)}`)
  return `?scenario=${addressOf(`${given}/${name}.yaml`)}${data.join('')}`
}

const documentsOf = ({name, text, files}: ScenarioText) =>
  [[`${name}.yaml`, text] as const, ...Object.entries(files)].map(
    ([path, content]) => [`/${given}/${path}`, documentOf(path, content)] as const,
  )

/** The runs of all lanes, or none if that is too much for one file. */
function runsOf(simulation: Simulation): readonly EmbeddedRun[] {
  const lanes = simulation.wanted.length > 0 ? simulation.wanted : simulation.few
  const runs = lanes.map((lane, i) => runOf(simulation, lane, `${i + 1}/${lanes.length}`))
  const size = runs.reduce((sum, {trace}) => sum + trace.length, 0)
  return size > mostOfRuns ? [] : runs
}

function runOf(simulation: Simulation, lane: Wanted | undefined, which: string): EmbeddedRun {
  const label = lane?.strategy.name ?? asWritten
  const {report, trace} = simulation.run(lane, {label: `${which} ${label}`, trace: true})
  const packed = gzipSync(JSON.stringify(trace)).toString('base64')
  return {label, ...(lane && {replace: label}), trace: packed, report}
}
