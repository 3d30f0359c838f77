import type {Page} from 'playwright-core'
import {expect, test} from 'vitest'
import {opened, soon, thePage, timeOf} from './stage.ts'

const press = (page: Page, name: string) => page.getByRole('button', {name, exact: true}).click()
const speedOf = (page: Page) => page.getByRole('slider', {name: 'Speed'}).getAttribute('aria-valuetext')

test('time passes while the page plays, and stands when it is paused', async () => {
  const page = await thePage()
  await press(page, 'play')
  await soon(() => timeOf(page)).toBeGreaterThan(0)
  await press(page, 'pause')
  const stopped = await timeOf(page)
  await page.keyboard.press('+')
  expect(await timeOf(page)).toBe(stopped)
})

test('it plays up to the end, also for who wants little motion', async () => {
  const page = await opened(undefined, {reducedMotion: 'reduce'})
  await page.getByRole('slider', {name: 'Speed'}).focus()
  await page.keyboard.press('End')
  await soon(() => speedOf(page)).toBe('1,000x: 1,000 simulated seconds in a second')
  await page.keyboard.press(' ')
  await soon(() => timeOf(page)).toBe(120)
  await page.getByRole('button', {name: 'play', exact: true}).waitFor()
})

test('speed goes up and down by keys, from a thousandth to a thousand times', async () => {
  const page = await thePage()
  await page.getByRole('slider', {name: 'Speed'}).press('Home')
  await soon(() => speedOf(page)).toMatch(/^1\/1,000x/)
  await page.getByRole('slider', {name: 'Time'}).focus()
  await page.keyboard.press('=')
  await soon(() => speedOf(page)).toMatch(/^1\/500x/)
  await page.keyboard.press('-')
  await soon(() => speedOf(page)).toMatch(/^1\/1,000x/)
})

test('buttons step from event to event, from disruption to disruption and from burst to burst', async () => {
  const page = await thePage()
  const times: number[] = []
  for (const stop of ['event', 'disruption', 'error burst']) {
    await press(page, `next ${stop}`)
    await soon(() => timeOf(page)).toBeGreaterThan(times.at(-1) ?? 0)
    times.push(await timeOf(page))
  }
  // The release begins at 20 s, and a burst is later than the first of its disruptions.
  expect(times[0]).toBeLessThanOrEqual(20)
  expect(times[1]).toBeGreaterThanOrEqual(20)
  await press(page, 'previous error burst')
  await press(page, 'previous disruption')
  await press(page, 'previous event')
  await soon(() => timeOf(page)).toBeLessThan(times[1]!)
})

test('the keys of time do what the help says', async () => {
  const page = await thePage()
  const keys: readonly (readonly [key: string, to: (before: number) => unknown])[] = [
    ['End', () => 120],
    ['Home', () => 0],
    ['Shift+ArrowRight', () => 12],
    ['ArrowRight', () => expect.closeTo(13.2)],
    ['ArrowLeft', () => expect.closeTo(12)],
    ['Shift+ArrowLeft', () => 0],
  ]
  for (const [key, to] of keys) {
    await page.keyboard.press(key)
    await soon(() => timeOf(page)).toEqual(to(0))
  }
  for (const [on, back] of [
    ['.', ','],
    ['d', 'Shift+D'],
    ['e', 'Shift+E'],
  ] as const) {
    await page.keyboard.press('End')
    await soon(() => timeOf(page)).toBe(120)
    await page.keyboard.press(back)
    await soon(() => timeOf(page)).toBeLessThan(120)
    const last = await timeOf(page)
    await page.keyboard.press('Home')
    await soon(() => timeOf(page)).toBe(0)
    await page.keyboard.press(on)
    await soon(() => timeOf(page)).toBeGreaterThan(0)
    expect(await timeOf(page)).toBeLessThanOrEqual(last)
  }
})

test('the bar of time is set by keys and by the pointer', async () => {
  const page = await thePage()
  const bar = page.getByRole('slider', {name: 'Time'})
  await bar.press('ArrowRight')
  await soon(() => timeOf(page)).toBeCloseTo(1.2)
  await bar.press('PageUp')
  await soon(() => timeOf(page)).toBeCloseTo(13.2)
  const {x, y, width, height} = (await bar.boundingBox())!
  await page.mouse.move(x + width / 2, y + height / 2)
  await page.mouse.down()
  const pressed = await timeOf(page)
  await page.mouse.move(x + width * 0.75, y + height / 2)
  await page.mouse.up()
  await soon(() => timeOf(page)).toBeGreaterThan(pressed)
  expect(await bar.getAttribute('aria-valuetext')).toMatch(/of 2 min\. Disrupted: A hard-restart \d+, B graceful-drain/)
})

test('keys zoom in and out, pan, and show all again', async () => {
  const page = await thePage()
  await page.keyboard.press('1')
  const chart = page.getByRole('img', {name: /^Disruptions: /})
  const shown = () => chart.getAttribute('aria-label')
  await chart.waitFor()
  const whole = await shown()
  for (const [there, back] of [
    ['z', 'Shift+Z'],
    ['f', '0'],
  ] as const) {
    await page.keyboard.press(there)
    await soon(shown).not.toBe(whole)
    await page.keyboard.press(back)
    await soon(shown).toBe(whole)
  }
  await page.keyboard.press('z')
  await soon(shown).not.toBe(whole)
  const first = await shown()
  await page.keyboard.press('l')
  await soon(shown).not.toBe(first)
  await page.keyboard.press('h')
  await soon(shown).toBe(first)
})
