import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import type {Page} from 'playwright-core'
import {expect, test} from 'vitest'
import {soon, thePage, timeOf} from './stage.ts'

/** `npm run pictures` takes the references anew, to be looked at before they are kept. */
const renews = process.env.PICTURES === 'renew'
const fileOf = (name: string) => new URL(`reference/${name}.png`, import.meta.url)

/** A picture is kept with so many pixels, and compared in cells, so many side by side: there edges of letters do not matter. */
const kept = 96_000
const cells = 16
/**
 * How far the mean colour of a cell may be from that of the reference, of 255. Letters that are a little wider make some 6 on
 * large screens; a scrubber that is missing made 16, and canvases 12.
 */
const tolerance = 10
/** Fonts that are equally wide, one of which is on nearly every machine. */
const fonts = '* {font-family: "DejaVu Sans", Verdana, sans-serif !important}'

interface Shot {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly colorScheme?: 'dark'
  /** Brings about what is to be seen. The clock stands where the release is half through. */
  prepare(page: Page): Promise<void>
}

const tab = (name: string) => async (page: Page) => {
  await page.getByRole('tab', {name}).click()
  await page.getByRole('tabpanel', {name}).locator(':scope > *').first().waitFor()
  await page.getByRole('tab', {name}).scrollIntoViewIfNeeded()
  await page.evaluate(() => document.querySelector('[role=tablist]')!.scrollIntoView())
}
const top = async (page: Page) => {
  await tab('Charts')(page)
  await page.evaluate(() => scrollTo(0, 0))
}
const laptop = {width: 1280, height: 800}

const shots: readonly Shot[] = [
  {
    name: 'release-at-rest',
    ...laptop,
    async prepare(page) {
      await page.keyboard.press('Home')
      await top(page)
    },
  },
  {name: 'release-draining', ...laptop, prepare: top},
  {name: 'release-draining-dark', ...laptop, colorScheme: 'dark', prepare: top},
  {name: 'release-draining-phone', width: 360, height: 740, prepare: top},
  ...['Charts', 'Hosts', 'Connections', 'Events', 'Numbers'].map(name => ({
    name: name.toLowerCase(),
    ...laptop,
    prepare: tab(name),
  })),
  {
    name: 'gallery',
    ...{width: 700, height: 500},
    async prepare(page) {
      await page.keyboard.press('g')
      await page.getByRole('dialog', {name: 'Gallery'}).waitFor()
    },
  },
]

test.each(shots)('$name looks as it did', async ({name, width, height, colorScheme, prepare}) => {
  const page = await thePage()
  await style(page, fonts)
  await page.setViewportSize({width, height})
  await page.emulateMedia({colorScheme: colorScheme ?? 'light'})
  for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowRight')
  await soon(() => timeOf(page)).toBe(36)
  await prepare(page)
  if (renews) writeFileSync(fileOf(name), await shotOf(page))
  expect(existsSync(fileOf(name)), `${name} has no reference: npm run pictures makes it`).toBe(true)
  const reference = readFileSync(fileOf(name))
  await soon(async () => difference(page, reference, await shotOf(page))).toBeLessThan(tolerance)
  await page.keyboard.press('Escape')
})

test.each([
  ['a card', 'article:nth-child(2) {visibility: hidden}'],
  ['the bar of time', '.scrubber {visibility: hidden}'],
  ['what is drawn', 'canvas {visibility: hidden}'],
])('%s that is missing is more than is tolerated', async (_, css) => {
  const page = await thePage()
  await page.setViewportSize(laptop)
  await style(page, fonts)
  await top(page)
  const whole = await shotOf(page)
  await style(page, fonts + css)
  expect(await difference(page, whole, await shotOf(page))).toBeGreaterThan(1.2 * tolerance)
  await style(page, '')
})

/** Dresses the page in a style of the test, in place of the last one. */
const style = (page: Page, css: string): Promise<void> =>
  page.evaluate(async text => {
    document.adoptedStyleSheets = [await new CSSStyleSheet().replace(text)]
  }, css)

/** What can be seen of a page, as small as it is kept. A browser does it, for it can read and write PNG. */
async function shotOf(page: Page): Promise<Buffer> {
  const png = await page.screenshot({animations: 'disabled', caret: 'hide'})
  const code = await page.evaluate(
    async ([source, pixels]) => {
      const image = new Image()
      image.src = `data:image/png;base64,${source}`
      await image.decode()
      const scale = Math.sqrt(pixels / (image.width * image.height))
      const canvas = document.createElement('canvas')
      canvas.width = Math.round(image.width * scale)
      canvas.height = Math.round(image.height * scale)
      const context = canvas.getContext('2d')!
      context.imageSmoothingQuality = 'high'
      context.drawImage(image, 0, 0, canvas.width, canvas.height)
      return canvas.toDataURL('image/png').split(',')[1]!
    },
    [png.toString('base64'), kept] as const,
  )
  return Buffer.from(code, 'base64')
}

/** How far the mean colours of two pictures are apart in the cell, and in the channel, in which they are most. */
const difference = (page: Page, one: Buffer, other: Buffer): Promise<number> =>
  page.evaluate(
    async ([sources, columns]) => {
      const means = async (source: string) => {
        const image = new Image()
        image.src = `data:image/png;base64,${source}`
        await image.decode()
        const {width, height} = image
        const context = Object.assign(document.createElement('canvas'), {width, height}).getContext('2d')!
        context.drawImage(image, 0, 0)
        const {data} = context.getImageData(0, 0, width, height)
        const side = width / columns
        const sums = new Float64Array(4 * columns * Math.ceil(height / side))
        for (let pixel = 0; pixel < width * height; pixel++) {
          const cell = Math.floor(pixel / width / side) * columns + Math.floor((pixel % width) / side)
          for (let channel = 0; channel < 4; channel++) sums[4 * cell + channel]! += data[4 * pixel + channel]!
        }
        // The fourth channel is 255 everywhere: it tells how many pixels there are in a cell.
        return sums.map((sum, i) => (sum / sums[i | 3]!) * 255)
      }
      const [a, b] = await Promise.all(sources.map(means))
      return a!.length === b!.length ? Math.max(...a!.map((value, i) => Math.abs(value - b![i]!))) : 255
    },
    [[one.toString('base64'), other.toString('base64')], cells] as const,
  )
