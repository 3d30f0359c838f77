import {readAddress} from './desk/address.ts'
import type {Desk} from './desk/desk.ts'

/** What a page shows that was asked for nothing. */
const usualScenario = 'edge-release'

/** Lays on the desk what the address of the page says. */
export async function start(desk: Desk): Promise<void> {
  const {sheet, time, window, view, focus} = await readAddress(location.hash)
  await desk.show(sheet ?? {source: {name: usualScenario, sets: []}})
  if (view !== undefined) desk.view.set(view)
  if (window !== undefined) desk.window.set(window)
  if (time !== undefined) desk.clock.seek(time)
  if (focus !== undefined && focus < desk.runs.value.length) desk.focus.set(focus)
}
