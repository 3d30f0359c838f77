import {readFileSync} from 'node:fs'
import type {AxeResults, RunOptions} from 'axe-core'
import type {Page} from 'playwright-core'
import {expect, test} from 'vitest'
import {soon, thePage, timeOf} from './stage.ts'

const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

const rules: RunOptions = {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}
/** What can be different by night: nothing but colours is. */
const colours: RunOptions = {runOnly: {type: 'rule', values: ['color-contrast', 'link-in-text-block']}}

/** What axe finds wrong within an element: rules, with the elements that break them. */
async function violations(page: Page, within: string, options: RunOptions): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in window)
  if (!isThere) await page.evaluate(axe)
  return page.evaluate(
    async ([element, how]) => {
      const {axe} = window as unknown as {axe: {run(what: string, how: RunOptions): Promise<AxeResults>}}
      const {violations} = await axe.run(element, {...how, resultTypes: ['violations']})
      return violations.flatMap(({id, nodes}) =>
        nodes.map(({html, any}) => `${id}: ${html.slice(0, 200)} ${any[0]?.message ?? ''}`),
      )
    },
    [within, options] as const,
  )
}

interface Scene {
  readonly name: string
  /** What of the page it is, where it lies over the rest. */
  readonly within?: string
  /** Brings it about by keys and buttons, and takes it away. */
  open(page: Page): Promise<void>
  close(page: Page): Promise<void>
}

const nothing = async () => {}
const leave = (page: Page) => page.keyboard.press('Escape')

const tab = (name: string): Scene => ({
  name: `the tab ${name}`,
  async open(page) {
    await page.getByRole('tab', {name}).click()
    const panel = page.getByRole('tabpanel', {name})
    await panel.locator(':scope > *').first().waitFor()
  },
  close: nothing,
})

const dialog = (key: string, name: string): Scene => ({
  name: `the dialog ${name}`,
  within: 'dialog[open]',
  async open(page) {
    await page.keyboard.press(key)
    await page.getByRole('dialog', {name}).waitFor()
  },
  close: leave,
})

const scenes: readonly Scene[] = [
  ...['Charts', 'Hosts', 'Connections', 'Events', 'Numbers'].map(tab),
  dialog('g', 'Gallery'),
  dialog('s', 'Share'),
  dialog('?', 'Keys and pointer'),
  {
    name: 'the editor',
    within: '.drawer',
    async open(page) {
      await page.keyboard.press('c')
      const form = page.getByRole('complementary', {name: 'Change and run again'})
      await form.waitFor()
      const folded = form.locator('details:not([open]) > summary')
      for (let left = await folded.count(); left > 0; left--) await folded.first().click()
    },
    close: leave,
  },
  {
    name: 'a host that is picked',
    within: '.inspector',
    async open(page) {
      await page
        .getByRole('option', {name: /^edge\.1/})
        .first()
        .click()
      await page.getByRole('complementary', {name: 'The host'}).waitFor()
    },
    close: leave,
  },
  {
    name: 'why something happened',
    within: '.story',
    async open(page) {
      await page.getByRole('tab', {name: 'Events'}).click()
      await page.getByRole('button', {name: 'go to the start'}).click()
      await page.getByRole('button', {name: 'next disruption'}).click()
      await page
        .getByRole('treegrid')
        .getByRole('row', {name: /refused|reset/})
        .first()
        .click()
      await page.getByRole('complementary', {name: 'Why it happened'}).waitFor()
    },
    close: leave,
  },
  {
    name: 'a tour',
    within: '.tour',
    async open(page) {
      await page.keyboard.press('t')
      await page.getByRole('button', {name: 'Next', exact: true}).waitFor()
    },
    close: leave,
  },
]

// On a screen that is as high as the page nothing lies behind the bar of time, and all of it is looked at.
const tall = {width: 1280, height: 2600}

test.each(scenes)('axe finds nothing wrong with $name, by day and by night', async ({within = 'html', open, close}) => {
  const page = await thePage()
  await page.setViewportSize(tall)
  await page.keyboard.press('End')
  await soon(() => timeOf(page)).toBe(120)
  await open(page)
  await page.emulateMedia({colorScheme: 'dark'})
  const night = await violations(page, within, colours)
  await page.emulateMedia({colorScheme: 'light'})
  expect([...(await violations(page, within, rules)), ...night.map(it => `by night: ${it}`)]).toEqual([])
  await close(page)
})

const screens = [
  {name: 'a phone', width: 360, height: 740},
  {name: 'twice the size on a laptop', width: 640, height: 360},
] as const

test.each(screens.flatMap(screen => scenes.map(scene => ({screen, scene, what: scene.name, where: screen.name}))))(
  'nothing of $what runs over the side on $where',
  async ({screen, scene}) => {
    const page = await thePage()
    await page.setViewportSize(screen)
    await scene.open(page)
    await soon(() => overflow(page)).toEqual([])
    await scene.close(page)
  },
)

/** What is wider than the screen, and by how much. */
const overflow = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const {scrollWidth} = document.scrollingElement!
    const wide = [...document.querySelectorAll('dialog[open], aside:not([hidden])')].filter(
      it => it.scrollWidth > it.clientWidth + 1 || it.getBoundingClientRect().right > innerWidth + 1,
    )
    return [
      ...(scrollWidth > innerWidth ? [`the page by ${scrollWidth - innerWidth}`] : []),
      ...wide.map(it => `${it.getAttribute('aria-label') ?? it.className} by ${it.scrollWidth - innerWidth}`),
    ]
  })

test.each(screens)('what one needs can be reached on $name', async screen => {
  const page = await thePage()
  await page.setViewportSize(screen)
  const controls = [
    page.getByRole('button', {name: 'play', exact: true}),
    page.getByRole('slider', {name: 'Time'}),
    page.getByRole('button', {name: 'next disruption'}),
    page.getByRole('tab', {name: 'Numbers'}),
    page.getByRole('button', {name: 'Change', exact: true}),
    page.getByRole('button', {name: 'Keys and help'}),
  ]
  for (const control of controls) await control.click({trial: true})
})
