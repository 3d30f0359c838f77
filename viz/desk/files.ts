import {format} from '../../sim/scenario/error.ts'
import {type Desk, mostLanes} from './desk.ts'
import {titleOf} from './run.ts'

/** No scenario is longer, for the command line takes none that is. */
const longestScenario = 2 ** 20

/**
 * Opens files that somebody chose: traces side by side, as many as there is room for, or one scenario with the data that it
 * names. What cannot be opened is told as the notice of the desk.
 */
export async function openFiles(desk: Desk, files: readonly File[]): Promise<void> {
  desk.notice.set('')
  const kinds = await Promise.all(files.map(kindOf))
  const those = (kind: Kind) => files.filter((_, i) => kinds[i] === kind)
  const [traces, [scenario, ...others], data] = [those('trace'), those('scenario'), those('data')]
  if (scenario === undefined && data.length === 0) await openTraces(desk, traces)
  else if (scenario !== undefined && others.length === 0 && traces.length === 0)
    await openScenario(desk, scenario, data)
  else desk.notice.set('Open traces together, or one scenario with the CSV files that it names.')
}

/** Says the first of what is wrong with a scenario, and how much more there is. */
export function tellErrors({errors, notice}: Desk): void {
  const [first, ...others] = errors.value
  if (first === undefined) return
  notice.set(`${format(first)}${others.length === 0 ? '' : `; and ${others.length} more`}`)
}

type Kind = 'trace' | 'scenario' | 'data'

/** A trace is packed, or a JSON object; but a scenario may be one too, and then it has tiers. */
async function kindOf(file: File): Promise<Kind> {
  const start = file.slice(0, 65_536)
  const [first, second] = new Uint8Array(await start.slice(0, 2).arrayBuffer())
  if (first === 0x1f && second === 0x8b) return 'trace'
  if (/\.csv$/i.test(file.name)) return 'data'
  const text = await start.text()
  return /^\s*\{\s*"/.test(text) && !/"tiers"\s*:/.test(text) ? 'trace' : 'scenario'
}

async function openTraces(desk: Desk, traces: readonly File[]): Promise<void> {
  let isBeside = false
  for (const trace of traces.slice(0, mostLanes)) if (await desk.open(trace, trace.name, isBeside)) isBeside = true
  if (traces.length > mostLanes)
    desk.notice.set(`There is room for ${mostLanes} side by side; the others are left out.`)
}

async function openScenario(desk: Desk, file: File, data: readonly File[]): Promise<void> {
  if (file.size > longestScenario)
    return desk.notice.set(`${file.name} is neither a trace nor a scenario: it is too long.`)
  const files = Object.fromEntries(await Promise.all(data.map(async it => [it.name, await it.text()] as const)))
  await desk.show({source: {name: titleOf(file.name), text: await file.text(), files, sets: []}})
  tellErrors(desk)
}
