import type {Watched} from '../draw/signal.ts'
import {type Address, writeAddress} from './address.ts'
import type {Desk} from './desk.ts'
import {zoomTo} from './pointing.ts'
import {theme} from './theme.ts'

/** The address of the page is written at most once in so many milliseconds, for browsers count how often that happens. */
const pace = 500

/** What a link would have to say to show what lies on the desk now. */
export function addressOf({sheet, clock, window, view, focus}: Desk): Address {
  const {from, to} = window.value
  const isZoomed = from > 0 || to < clock.end.value
  return {
    ...(sheet.value && {sheet: sheet.value}),
    ...(clock.time.value > 0 && {time: clock.time.value}),
    ...(isZoomed && {window: {from, to}}),
    view: view.value,
    ...(focus.value > 0 && {focus: focus.value}),
    ...(theme.value !== 'system' && {theme: theme.value}),
  }
}

/** A link to the page as it is. */
export async function linkTo(desk: Desk): Promise<string> {
  return location.href.replace(/#.*$/, '') + (await writeAddress(addressOf(desk)))
}

/** Lays on the desk what an address says, as far as it goes. What is simulated already is not simulated again. */
export async function lay(desk: Desk, address: Address, otherwise?: Address['sheet']): Promise<void> {
  const {sheet = otherwise, time, window, view, focus, problem} = address
  if (address.theme !== undefined) theme.set(address.theme)
  if (sheet !== undefined && !(await isOn(desk, sheet))) await desk.show(sheet)
  if (problem !== undefined) desk.notice.set(problem)
  if (view !== undefined) desk.view.set(view)
  if (focus !== undefined && focus < desk.runs.value.length) desk.focus.set(focus)
  if (window !== undefined) zoomTo(desk, window)
  if (time !== undefined) desk.clock.seek(time)
}

/** Whether a sheet says what the one on the desk does. */
async function isOn(desk: Desk, sheet: Address['sheet']): Promise<boolean> {
  const there = desk.sheet.value
  if (sheet === undefined || there === undefined) return false
  const [a, b] = await Promise.all([writeAddress({sheet}), writeAddress({sheet: there})])
  return a === b
}

/** From now on the address of the page says what is on the desk, whenever nothing plays, so that it can be copied. */
export function keepAddress(desk: Desk): void {
  const {sheet, window, view, focus, clock} = desk
  let isDue = false
  const write = async () => {
    isDue = false
    if (clock.playing.value) return
    const address = await writeAddress(addressOf(desk))
    if (address !== location.hash) history.replaceState(null, '', address)
  }
  const changing: readonly Watched[] = [sheet, window, view, focus, theme, clock.time, clock.playing]
  for (const it of changing)
    it.watch(() => {
      if (isDue || clock.playing.value) return
      isDue = true
      setTimeout(write, pace)
    })
}
