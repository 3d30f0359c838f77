import {format} from '../../sim/scenario/error.ts'
import {type Desk, mostLanes} from './desk.ts'

/** No scenario is longer, for the command line takes none that is. */
const longestScenario = 2 ** 20

/**
 * Opens files that somebody chose: traces side by side, as many as there is room for, or one scenario, which is simulated.
 * What cannot be opened is told as the notice of the desk.
 */
export async function openFiles(desk: Desk, files: readonly File[]): Promise<void> {
  desk.notice.set('')
  const areTraces = await Promise.all(files.map(isTrace))
  const traces = files.filter((_, i) => areTraces[i])
  const [scenario] = files.filter((_, i) => !areTraces[i])
  if (scenario === undefined) await openTraces(desk, traces)
  else if (files.length === 1) await openScenario(desk, scenario)
  else desk.notice.set(`${scenario.name} is no trace: traces can be opened together, and a scenario by itself.`)
}

/** Says the first of what is wrong with a scenario, and how much more there is. */
export function tellErrors({errors, notice}: Desk): void {
  const [first, ...others] = errors.value
  if (first === undefined) return
  notice.set(`${format(first)}${others.length === 0 ? '' : `; and ${others.length} more`}`)
}

/** The name of a file without what says its kind. */
export const titleOf = (path: string): string =>
  path.slice(path.lastIndexOf('/') + 1).replace(/\.(ya?ml|json(\.gz)?)$/, '')

/** Packed, or a JSON object; but a scenario may be one too, and then it has tiers. */
async function isTrace(file: File): Promise<boolean> {
  const start = file.slice(0, 65_536)
  const [first, second] = new Uint8Array(await start.slice(0, 2).arrayBuffer())
  if (first === 0x1f && second === 0x8b) return true
  const text = await start.text()
  return /^\s*\{\s*"/.test(text) && !/"tiers"\s*:/.test(text)
}

async function openTraces(desk: Desk, traces: readonly File[]): Promise<void> {
  let isBeside = false
  for (const trace of traces.slice(0, mostLanes))
    if (await desk.open(trace, titleOf(trace.name), isBeside)) isBeside = true
  if (traces.length > mostLanes)
    desk.notice.set(`There is room for ${mostLanes} side by side; the others are left out.`)
}

async function openScenario(desk: Desk, file: File): Promise<void> {
  if (file.size > longestScenario)
    return desk.notice.set(`${file.name} is neither a trace nor a scenario: it is too long.`)
  await desk.show({source: {name: titleOf(file.name), text: await file.text(), sets: []}})
  tellErrors(desk)
}
