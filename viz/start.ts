import {readAddress} from './desk/address.ts'
import type {Desk} from './desk/desk.ts'
import {keepAddress, lay} from './desk/permalink.ts'

/** What a page shows that was asked for nothing. */
const usualScenario = 'edge-release'

/** Lays on the desk what the address of the page says, and again when somebody changes that; then keeps it up to date. */
export async function start(desk: Desk): Promise<void> {
  await lay(desk, await readAddress(location.hash), {source: {name: usualScenario, sets: []}})
  addEventListener('hashchange', async () => lay(desk, await readAddress(location.hash)))
  keepAddress(desk)
}
