import type {Page} from 'playwright-core'
import {expect, test} from 'vitest'
import {opened, settled, smallRelease, soon, thePage, timeOf} from './stage.ts'

const card = (page: Page, name: string) => page.getByRole('article', {name, exact: true})
const totalOf = async (page: Page, name: string) =>
  Number(
    /([\d,]+) by the end/.exec((await card(page, name).textContent()) ?? '')?.[1]?.replaceAll(',', '') ?? Number.NaN,
  )
const drawer = (page: Page) => page.getByRole('complementary', {name: 'Change and run again'})

/** The drawer with all that can be changed, open. */
async function editor(page: Page) {
  if (!(await drawer(page).isVisible())) await page.getByRole('button', {name: 'Change', exact: true}).click()
  return drawer(page)
}

test('a number that is changed in the form is simulated at once, and can be put back', async () => {
  const page = await thePage()
  const before = await totalOf(page, 'graceful-drain')
  const form = await editor(page)
  await form.getByLabel('drain timeout', {exact: true}).fill('60s')
  await page.keyboard.press('Enter')
  // Whoever drains for six times as long cuts fewer.
  await soon(() => totalOf(page, 'graceful-drain')).toBeLessThan(before)
  await form.getByRole('button', {name: 'drain timeout: less'}).click()
  await soon(() => form.getByLabel('drain timeout', {exact: true}).inputValue()).toBe('50s')
  await form.getByRole('button', {name: 'drain timeout: as in the file'}).click()
  await soon(() => totalOf(page, 'graceful-drain')).toBe(before)
  await form.getByRole('button', {name: 'Close: Change and run again'}).click()
  await drawer(page).waitFor({state: 'hidden'})
})

test('what is wrong with a number is told beside it, and what was run before stays', async () => {
  const page = await thePage()
  const before = await totalOf(page, 'hard-restart')
  const form = await editor(page)
  const field = form.getByLabel('drain timeout', {exact: true})
  await field.fill('soon')
  await field.press('Enter')
  await form
    .getByText(/^found "soon", wanted /)
    .first()
    .waitFor()
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  await form.getByText('not run: one thing is wrong').waitFor()
  expect(await totalOf(page, 'hard-restart')).toBe(before)
  await form.getByRole('button', {name: 'drain timeout: as in the file'}).click()
  await form.getByText('up to date').waitFor()
  await page.keyboard.press('Escape')
})

test('the scenario can be written anew, and mistakes in it are told by line and column', async () => {
  const page = await thePage()
  const form = await editor(page)
  await form.getByText('The whole scenario (YAML)').click()
  const text = form.getByRole('textbox', {name: 'the scenario as YAML'})
  await soon(() => text.inputValue()).toBe(smallRelease)
  await text.fill(smallRelease.replace('hosts: 4', 'hosts: four'))
  await form.getByRole('button', {name: 'Run this text'}).click()
  const place = form.getByRole('button', {name: 'line 7, column 12'})
  await place.click()
  expect(await text.evaluate((it: HTMLTextAreaElement) => it.value.slice(it.selectionStart, it.selectionEnd))).toBe(
    'four',
  )
  await text.fill(
    smallRelease.replace('A small release', 'A smaller one').replace('connections: 200', 'connections: 20'),
  )
  await text.press('Control+Enter')
  await page.getByRole('heading', {name: 'A smaller one'}).waitFor()
  await settled(page)
  expect(await totalOf(page, 'hard-restart')).toBeLessThan(250)
  await text.fill(smallRelease)
  await text.press('Control+Enter')
  await page.getByRole('heading', {name: 'A small release'}).waitFor()
  await settled(page)
  await form.getByRole('button', {name: 'Close: Change and run again'}).click()
})

/** How many were disrupted up to now in each run, in their order. */
async function disrupted(page: Page): Promise<number[]> {
  const text = (await page.getByRole('slider', {name: 'Time'}).getAttribute('aria-valuetext')) ?? ''
  return [...text.replace(/^.*Disrupted: /, '').matchAll(/ ([\d,]+)(?=, [A-D] |$)/g)].map(([, count]) =>
    Number(count!.replaceAll(',', '')),
  )
}

test.each([
  ['Kill a host', 'edge.0 dies'],
  ['Halt a release', 'release of edge halted'],
  ['Change the jitter', 'chat with jitter decorrelated'],
])('%s: another future is laid beside the run, and all that was before is the same', async (what, words) => {
  const label = 'graceful-drain, fork at 0:48'
  const page = await thePage()
  await card(page, 'graceful-drain').getByRole('button', {name: 'graceful-drain', exact: true}).click()
  for (let i = 0; i < 4; i++) await page.keyboard.press('Shift+ArrowRight')
  await soon(() => timeOf(page)).toBe(48)
  const form = await editor(page)
  await form.getByRole('combobox', {name: 'jitter', exact: true}).selectOption('decorrelated')
  await form.getByRole('button', {name: what}).click()
  await card(page, label).getByText(`as graceful-drain until 0:48, then ${words}`).waitFor()
  await settled(page)
  await form.getByRole('button', {name: 'Close: Change and run again'}).click()
  await soon(async () => (await disrupted(page)).length).toBe(3)
  expect(await timeOf(page)).toBe(48)
  const [, before, same] = await disrupted(page)
  expect(before).toBeGreaterThan(0)
  expect(same).toBe(before)
  // Runs that do the same are told together, and after that these two do not.
  expect(await page.getByRole('img', {name: /^Reconnects: /}).getAttribute('aria-label')).not.toMatch(/B and C/)
  await page.getByRole('button', {name: `close ${label}`}).click()
  await card(page, label).waitFor({state: 'detached'})
})

test('ways are added to those that are compared, and taken away', async () => {
  const page = await thePage()
  const form = await editor(page)
  await form.getByRole('combobox', {name: 'a strategy or preset to compare with'}).selectOption('socket-takeover')
  await form.getByRole('button', {name: 'Add'}).click()
  await soon(() => totalOf(page, 'socket-takeover')).toBeGreaterThan(0)
  await form.getByRole('button', {name: 'no longer compare socket-takeover'}).click()
  await card(page, 'socket-takeover').waitFor({state: 'detached'})
  await form.getByRole('button', {name: 'Close: Change and run again'}).click()
})

test('another seed makes other numbers', async () => {
  const page = await thePage()
  const before = await totalOf(page, 'graceful-drain')
  const form = await editor(page)
  await form.getByLabel('seed of all chance').fill('2')
  await page.keyboard.press('Enter')
  await soon(() => totalOf(page, 'graceful-drain')).not.toBe(before)
  await form.getByLabel('seed of all chance').fill('1')
  await page.keyboard.press('Enter')
  await soon(() => totalOf(page, 'graceful-drain')).toBe(before)
  await form.getByRole('button', {name: 'Close: Change and run again'}).click()
})

test('a run that takes long is cancelled', async () => {
  const page = await opened('?scenario=given/small-release.yaml#strategies=graceful-drain')
  const form = await editor(page)
  await form.getByRole('group').getByText('Traffic: chat').click()
  await form.getByLabel('connections', {exact: true}).fill('3000000')
  await page.keyboard.press('Enter')
  await page.getByRole('progressbar', {name: 'simulating graceful-drain'}).waitFor()
  await form.getByRole('button', {name: 'Cancel'}).click()
  await card(page, 'graceful-drain').waitFor({state: 'detached'})
  await form.getByText('up to date').waitFor()
})

test('the gallery finds a scenario and opens it in one way', async () => {
  const page = await opened('?scenario=given/small-release.yaml#strategies=graceful-drain')
  await page.keyboard.press('g')
  const gallery = page.getByRole('dialog', {name: 'Gallery'})
  await gallery.waitFor()
  const all = await gallery.getByRole('article').count()
  await gallery.getByRole('searchbox', {name: 'Find a scenario'}).fill('replay-exhausted')
  expect(await gallery.getByRole('article').count()).toBe(1)
  expect(all).toBeGreaterThan(40)
  await gallery.getByRole('combobox').selectOption('hard-restart')
  await gallery.getByRole('button', {name: /^Open one: /}).click()
  await card(page, 'hard-restart').waitFor()
  await settled(page)
  expect(await page.getByRole('article').count()).toBe(1)
  await page.getByRole('heading', {level: 1}).getByText('Every app server restarts at once').waitFor()
})
