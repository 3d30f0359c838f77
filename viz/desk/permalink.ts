import type {Watched} from '../draw/signal.ts'
import {type Address, writeAddress} from './address.ts'
import type {Desk, Sheet} from './desk.ts'
import {zoomTo} from './pointing.ts'
import {theme} from './theme.ts'

/** The address of the page is written at most once in so many milliseconds, for browsers count how often that happens. */
const pace = 500

/** What a link would have to say to show what lies on the desk now. */
function addressOf({sheet, clock, window, view, focus}: Desk): Address {
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

/** A link to the page as it is, which needs nothing but the page. */
export async function linkTo(desk: Desk): Promise<string> {
  return location.origin.replace(/^null$/, 'file://') + location.pathname + (await writeAddress(addressOf(desk)))
}

/** Goes to where an address leads, as far as there is anything. */
export function look(desk: Desk, {time, window, view, focus, theme: look, problem}: Address): void {
  if (look !== undefined) theme.set(look)
  if (problem !== undefined) desk.notice.set(problem)
  if (view !== undefined) desk.view.set(view)
  if (focus !== undefined && focus < desk.runs.value.length) desk.focus.set(focus)
  if (window !== undefined) zoomTo(desk, window)
  if (time !== undefined) desk.clock.seek(time)
}

/** Does what another address says. What is on the desk already is not simulated again. */
export async function follow(desk: Desk, address: Address): Promise<void> {
  if (address.sheet !== undefined && !(await isOn(desk, address.sheet))) await desk.show(address.sheet)
  look(desk, address)
}

/** Whether a sheet says what the one on the desk does; one that names no lanes is content with those that are there. */
async function isOn(desk: Desk, sheet: Sheet): Promise<boolean> {
  const there = desk.sheet.value
  if (there === undefined) return false
  const {lanes: _, ...rest} = there
  const both = [sheet, sheet.lanes === undefined ? rest : there].map(it => writeAddress({sheet: it}))
  const [a, b] = await Promise.all(both)
  return a === b
}

/**
 * From now on the address of the page says what is on the desk, whenever nothing plays, so that it can be copied and
 * reloaded. It need not say the sheet that the page was given, for it will be given that again.
 */
export function keepAddress(desk: Desk, given: Sheet | undefined): void {
  const {sheet, window, view, focus, clock} = desk
  let isDue = false
  const write = async () => {
    isDue = false
    if (clock.playing.value) return
    const {sheet: said, ...rest} = addressOf(desk)
    const address = await writeAddress(said === undefined || said === given ? rest : {sheet: said, ...rest})
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
