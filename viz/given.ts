import type {Report} from '../sim/metrics/report.ts'
import type {Unnamed} from './desk/address.ts'
import {type Lane, titleOf} from './desk/run.ts'
import {type Embedded, embeddedId} from './embedded.ts'

/** What a page is opened with, beside what stands after the `#` of its address. */
export interface Given {
  /** In place of what stands there, if nothing does. */
  readonly address?: string
  readonly scenario?: Unnamed
  /** Runs that need not be simulated: of the scenario if there is one, else traces. */
  readonly runs: readonly {readonly lane: Lane; readonly trace: Blob; readonly report?: Report}[]
}

/**
 * What lies in the page itself, if it is one file, or what its address names: `?scenario=my.yaml&data=lives.csv` or
 * `?trace=run.json.gz`, files that lie beside the page or below it. Throws an Error with a sentence if one cannot be had.
 */
export async function given(): Promise<Given> {
  const embedded = document.getElementById(embeddedId)?.textContent
  return embedded === undefined || embedded === null
    ? named(new URLSearchParams(location.search))
    : laidOut(JSON.parse(embedded))
}

function laidOut({address, scenario, runs}: Embedded): Given {
  return {
    address,
    ...(scenario && {scenario}),
    runs: runs.map(({label, replace, trace, report}) => ({
      lane: {label, ...(replace !== undefined && {replace}), sets: []},
      trace: new Blob([Uint8Array.from(atob(trace), it => it.charCodeAt(0))]),
      ...(report && {report}),
    })),
  }
}

async function named(words: URLSearchParams): Promise<Given> {
  const [scenario, trace] = [words.get('scenario'), words.get('trace')]
  if (trace !== null) return {runs: [{lane: {label: trace, sets: []}, trace: await fetched(trace)}]}
  if (scenario === null) return {runs: []}
  const folder = scenario.slice(0, scenario.lastIndexOf('/') + 1)
  const files = words.getAll('data').map(async path => [path, await textAt(folder + path)] as const)
  const text = await textAt(scenario)
  return {scenario: {name: titleOf(scenario), text, files: Object.fromEntries(await Promise.all(files))}, runs: []}
}

const textAt = async (path: string): Promise<string> => (await fetched(path)).text()

async function fetched(path: string): Promise<Blob> {
  const address = besideThePage(path)
  if (address === undefined) throw new Error(`${path} is no file beside this page, and it opens no others`)
  const response = await fetch(address).catch(() => undefined)
  if (response?.ok !== true) throw new Error(`${path} cannot be read from where this page came from`)
  return response.blob()
}

/** The relative address of a file; undefined of what would lead elsewhere, or be anything but a path. */
export function besideThePage(path: string): string | undefined {
  const parts = path.split('/')
  const isPlain = parts.every(part => part !== '' && part !== '.' && part !== '..')
  return isPlain ? `./${parts.map(encodeURIComponent).join('/')}` : undefined
}
