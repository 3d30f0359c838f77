import type {Page} from 'playwright-core'
import {expect, test} from 'vitest'
import type {Report} from '../../sim/metrics/report.ts'
import {comparison} from '../../sim/words/comparison.ts'
import {folderWith, zdr} from '../cli/command.ts'
import {opened, smallRelease, soon, thePage, timeOf} from './stage.ts'

const view = async (page: Page, name: string) => {
  await page.getByRole('tab', {name}).click()
  return page.getByRole('tabpanel', {name})
}
const fleet = (page: Page, strategy: string) => page.getByRole('listbox', {name: `hosts of ${strategy}`})
const inspector = (page: Page) => page.getByRole('complementary', {name: 'The host'})
/** Presses the next disruption of the run that is looked at, and waits until the clock is there. */
async function nextDisruption(page: Page): Promise<number> {
  const before = await timeOf(page)
  await page.keyboard.press('d')
  await soon(() => timeOf(page)).toBeGreaterThan(before)
  return timeOf(page)
}

test('a host that is clicked tells its processes, sockets and history, until it is put down', async () => {
  const page = await thePage()
  await fleet(page, 'hard-restart')
    .getByRole('option', {name: /^edge\.2: serving/})
    .click()
  const host = inspector(page)
  await host.getByRole('heading', {name: 'edge.2'}).waitFor()
  await host.getByRole('table', {name: 'Processes'}).getByRole('rowheader', {name: 'edge.2#0'}).waitFor()
  for (const name of ['Processes', 'Sockets', 'History']) await host.getByRole('heading', {name, exact: true}).waitFor()
  await page.getByRole('button', {name: 'go to the end'}).click()
  await host.getByRole('table', {name: 'Processes'}).getByRole('rowheader', {name: 'edge.2#1'}).waitFor()
  await page.keyboard.press('Escape')
  await host.waitFor({state: 'hidden'})
})

test('a host is gone to and picked by keys alone', async () => {
  const page = await thePage()
  const list = fleet(page, 'graceful-drain')
  await list.press('Home')
  const activeName = async () =>
    page.locator(`[id="${await list.getAttribute('aria-activedescendant')}"]`).getAttribute('aria-label')
  await list.press('End')
  await soon(activeName).toMatch(/^app\.\d/)
  await list.press('Enter')
  await inspector(page)
    .getByRole('heading', {name: /^app\.\d$/})
    .waitFor()
  await inspector(page).getByRole('button', {name: 'close the host'}).click()
  await inspector(page).waitFor({state: 'hidden'})
})

test('cards tell how many were disrupted up to now, and one of them is looked at closely', async () => {
  const page = await thePage()
  const card = page.getByRole('article', {name: 'hard-restart'})
  expect(await card.textContent()).toMatch(/^.*0\s*disrupted so far/s)
  await page.keyboard.press('End')
  await soon(() => card.textContent()).toMatch(/[1-9]\d+disrupted so far/)
  const other = page
    .getByRole('article', {name: 'graceful-drain'})
    .getByRole('button', {name: 'graceful-drain', exact: true})
  await other.click()
  await soon(() => other.getAttribute('aria-pressed')).toBe('true')
  await page.keyboard.press('r')
  await soon(() => other.getAttribute('aria-pressed')).toBe('false')
  await page.keyboard.press('Shift+R')
  await soon(() => other.getAttribute('aria-pressed')).toBe('true')
  await page.keyboard.press('r')
})

test('lanes of hosts are gone through by keys, filtered, sorted and told as a table', async () => {
  const page = await thePage()
  const panel = await view(page, 'Hosts')
  const lanes = panel.getByRole('listbox', {name: 'Hosts, one lane each'})
  await lanes.press('ArrowDown')
  await soon(() => lanes.getByRole('option').textContent()).toMatch(/^edge\.1/)
  await lanes.press('ArrowRight')
  await soon(() => timeOf(page)).toBeGreaterThan(0)
  await lanes.press('Enter')
  await inspector(page).getByRole('heading', {name: 'edge.1'}).waitFor()
  await page.keyboard.press('Escape')
  await panel.getByRole('combobox', {name: 'Tier'}).selectOption('app')
  await lanes.press('Home')
  await soon(() => lanes.getByRole('option').textContent()).toMatch(/^app\.0/)
  await panel.getByRole('combobox', {name: 'Tier'}).selectOption('edge')
  await panel.getByRole('combobox', {name: 'Sort by'}).selectOption('disruptions')
  await panel.getByRole('checkbox', {name: 'All runs'}).check()
  await panel.getByRole('checkbox', {name: 'Table'}).check()
  const table = panel.getByRole('table')
  await table.getByRole('cell', {name: 'graceful-drain'}).first().waitFor()
  await panel.getByRole('checkbox', {name: 'Table'}).uncheck()
  await lanes.waitFor()
})

test('lanes of connections are filtered, sorted by how they ended, and compared with those of another run', async () => {
  const page = await thePage()
  const panel = await view(page, 'Connections')
  const lanes = panel.getByRole('listbox', {name: 'Connections, one lane each'})
  const first = lanes.getByRole('option')
  expect(await panel.getByText(/^A sample, the same under every strategy/).textContent()).toMatch(/clients of chat/)
  await panel.getByRole('combobox', {name: 'Sort by'}).selectOption('forced close')
  await lanes.press('Home')
  const inOrder = async (by: string) => {
    await panel.getByRole('combobox', {name: 'Sort by'}).selectOption(by)
    await lanes.press('Home')
    return first.textContent()
  }
  await soon(() => first.textContent()).toMatch(/refused|reset/)
  await soon(() => inOrder('begin')).toMatch(/open|completed/)
  await soon(() => inOrder('forced close')).toMatch(/refused|reset/)
  await panel.getByRole('checkbox', {name: 'Only disrupted'}).check()
  await lanes.press('End')
  await soon(() => first.textContent()).toMatch(/reset|refused/)
  await panel.getByRole('combobox', {name: 'Compare with'}).selectOption({label: 'B graceful-drain'})
  await lanes.press('Home')
  await soon(() => first.textContent()).toMatch(/^hard-restart, /)
  await panel.getByRole('checkbox', {name: 'Table'}).check()
  await panel.getByRole('table', {name: /^graceful-drain: what is in sight/}).waitFor()
  await panel.getByRole('checkbox', {name: 'Table'}).uncheck()
})

test('charts tell values where the pointer is, zoom to what is marked, and are told as tables', async () => {
  const page = await thePage()
  const panel = await view(page, 'Charts')
  const chart = panel.getByRole('img', {name: /^Reconnects: /})
  await chart.scrollIntoViewIfNeeded()
  const before = await chart.getAttribute('aria-label')
  const {x, y, width, height} = (await chart.boundingBox())!
  await page.mouse.move(x + width * 0.3, y + height / 2)
  await soon(() => panel.getByText(/^at \d/).textContent()).toMatch(/^at 0:[1-5]/)
  await panel.getByRole('button', {name: 'Table: Reconnects'}).click()
  const table = panel.getByRole('region', {name: 'Numbers: Reconnects'})
  await table.getByRole('columnheader', {name: /^A/}).first().waitFor()
  const rows = await table.getByRole('row').count()
  await page.mouse.move(x + width * 0.3, y + height / 2)
  await page.mouse.down()
  await page.mouse.move(x + width * 0.5, y + height / 2)
  await page.mouse.up()
  await soon(() => chart.getAttribute('aria-label')).not.toBe(before)
  await soon(() => table.getByRole('row').count()).not.toBe(rows)
  await page.mouse.dblclick(x + width * 0.5, y + height / 2)
  await soon(() => chart.getAttribute('aria-label')).toBe(before)
  await panel.getByRole('button', {name: 'Table: Reconnects'}).click()
  await table.waitFor({state: 'hidden'})
})

test('the log is filtered, and a line that is pressed sets the clock and tells why it happened', async () => {
  const page = await thePage()
  await nextDisruption(page)
  const panel = await view(page, 'Events')
  const log = panel.getByRole('treegrid', {name: 'Events and disruptions'})
  const lines = async () => Number(await log.getAttribute('aria-rowcount'))
  await soon(lines).toBeGreaterThan(0)
  const all = await lines()
  await panel.getByRole('combobox', {name: 'Host'}).selectOption('edge.1')
  await soon(lines).toBeLessThan(all)
  await log
    .getByRole('row', {name: /edge\.1/})
    .first()
    .waitFor()
  await panel.getByRole('button', {name: 'Show all'}).click()
  await soon(lines).toBe(all)
  await panel.getByRole('button', {name: /^process killed/}).click()
  await soon(lines).toBeLessThan(all)
  await panel.getByRole('button', {name: 'Show all'}).click()
  await panel.getByRole('searchbox', {name: 'Search'}).fill('nobody listened')
  await soon(lines).toBeLessThan(all)
  await log.press('Home')
  await log.press('ArrowDown')
  await log.press('Enter')
  const why = page.getByRole('complementary', {name: 'Why it happened'})
  await why.getByRole('heading', {name: /^refused: nobody listened/}).waitFor()
  expect(await timeOf(page)).toBeGreaterThanOrEqual(20)
  expect(await why.getByRole('list').first().getByRole('listitem').count()).toBeGreaterThan(1)
  await why.getByRole('group', {name: 'graceful-drain'}).waitFor()
  await why
    .getByRole('button', {name: /^go to /})
    .first()
    .click()
  await soon(() => timeOf(page)).toBe(20)
  await panel.getByRole('button', {name: 'Show all'}).click()
  await why.getByRole('button', {name: 'close the story'}).click()
  await why.waitFor({state: 'hidden'})
})

test('a connection that is picked tells its life, and that of the same client in the other run', async () => {
  const page = await thePage()
  const panel = await view(page, 'Connections')
  const lanes = panel.getByRole('listbox', {name: 'Connections, one lane each'})
  await lanes.press('Home')
  await lanes.press('Enter')
  const why = page.getByRole('complementary', {name: 'Why it happened'})
  await why.getByRole('group', {name: 'graceful-drain'}).waitFor()
  await page.keyboard.press('Escape')
  await why.waitFor({state: 'hidden'})
})

test('a click in a chart sets the clock', async () => {
  const page = await thePage()
  const panel = await view(page, 'Charts')
  await panel.getByRole('img', {name: /^Capacity of edge: /}).click()
  await soon(() => timeOf(page)).toBeGreaterThan(30)
})

/** What the cells of a table say, row by row, but that one of them is the best. */
const cellsOf = (page: Page, name: string) =>
  page
    .getByRole('table', {name, exact: true})
    .evaluate(table =>
      [...table.querySelectorAll('tbody tr')].map(row =>
        [...row.children].map(cell => (cell.textContent ?? '').replace(/✓ best$/, '')),
      ),
    )

test('every number of the comparison is that of the command line for the same seed', async () => {
  const folder = folderWith({'small-release.yaml': smallRelease})
  const words = ['--strategies', 'hard-restart,graceful-drain', '--seed', '7', '--json']
  const {stdout} = await zdr(folder, 'compare', 'small-release.yaml', ...words)
  const reports: readonly Report[] = JSON.parse(stdout)
  const page = await opened('?scenario=given/small-release.yaml#strategies=hard-restart,graceful-drain&seed=7')
  const panel = await view(page, 'Numbers')
  await panel.getByRole('table', {name: 'The runs compared', exact: true}).waitFor()
  const table = comparison(reports.map(report => ({strategy: report.strategies.edge!, report})))
  expect(await cellsOf(page, 'The runs compared')).toEqual(
    table.rows.map(({head, cells}) => [head.trim(), ...cells.map(({text}) => text)]),
  )
})

test('several seeds give means with intervals, and end when they are cancelled', async () => {
  const page = await thePage()
  const panel = await view(page, 'Numbers')
  const seeds = panel.getByRole('combobox', {name: 'Seeds'})
  await seeds.selectOption('5')
  const table = panel.getByRole('table', {name: 'The runs compared over several seeds'})
  await table.waitFor()
  expect(await panel.getByRole('status').textContent()).toMatch(/^Means of seeds 1 to 5 ± half of their 95 % intervals/)
  expect(await table.getByRole('row', {name: /^refused/}).textContent()).toMatch(/±/)
  await seeds.selectOption('20')
  await panel.getByRole('button', {name: 'Cancel'}).click()
  await panel.getByRole('table', {name: 'The runs compared', exact: true}).waitFor()
  expect(await seeds.inputValue()).toBe('1')
})

test('the tour goes on and back between its stops, and says which of how many it is at', async () => {
  const page = await thePage()
  await page.keyboard.press('t')
  const tour = page.getByRole('region', {name: 'A small release'})
  await tour.waitFor()
  const place = tour.getByText(/^\d+ of \d+$/)
  const [, of] = (await place.textContent())!.split(' of ')
  await tour.getByRole('button', {name: 'Next'}).click()
  const caption = page.getByText(`2 of ${of}`)
  await caption.waitFor()
  await page.getByRole('button', {name: 'Back'}).click()
  await page.getByText(`1 of ${of}`).waitFor()
  for (let stop = 2; stop <= Number(of); stop++) {
    await page.keyboard.press('ArrowRight')
    await page.getByText(`${stop} of ${of}`).waitFor()
  }
  await page.getByRole('button', {name: 'Done'}).click()
  await page.getByText(`${of} of ${of}`).waitFor({state: 'hidden'})
})

test('the help lists the keys, and the number keys lead from view to view', async () => {
  const page = await thePage()
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', {name: 'Keys and pointer'})
  await help.getByText('play or pause').waitFor()
  await help.getByRole('button', {name: 'Close'}).click()
  await help.waitFor({state: 'hidden'})
  for (const [i, name] of ['Charts', 'Hosts', 'Connections', 'Events', 'Numbers'].entries()) {
    await page.keyboard.press(String(i + 1))
    await page.getByRole('tabpanel', {name}).waitFor()
  }
  await page.getByRole('tab', {name: 'Numbers'}).press('ArrowLeft')
  await page.getByRole('tabpanel', {name: 'Events'}).waitFor()
})

test('a disruption can be zoomed to', async () => {
  const page = await thePage()
  await view(page, 'Charts')
  expect(await nextDisruption(page)).toBeGreaterThanOrEqual(20)
  const chart = page.getByRole('img', {name: /^Disruptions: /})
  const before = await chart.getAttribute('aria-label')
  await page.keyboard.press('f')
  await soon(() => chart.getAttribute('aria-label')).not.toBe(before)
})
