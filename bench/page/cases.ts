import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {gzipSync} from 'node:zlib'
import type {Stage} from './stage.ts'
import {largeTrace} from './trace.ts'

/** Something that is measured of the page, and what it may be at most or has to be at least (issue 4). */
export interface Case {
  readonly name: string
  readonly unit: string
  readonly most?: number
  readonly least?: number
  /** Measured once, for it takes minutes. */
  readonly once?: boolean
  run(stage: Stage): Promise<number>
}

const million = 1_000_000

export const cases = (minutes: number): readonly Case[] => [
  {name: 'weight of the first load', unit: 'KiB gz', most: 120, run: weight},
  {name: 'open 1 M events, first picture', unit: 's', most: 2, run: stage => opening(stage, 'first')},
  {name: 'open 1 M events, whole', unit: 's', most: 4, run: stage => opening(stage, 'whole')},
  {name: 'seek in 1 M events, p95', unit: 'ms', most: 50, run: seeking},
  {name: 'play 4 x 100 hosts', unit: 'frames/s', least: 50, run: playing},
  {name: 'run the default again', unit: 's', most: 1, run: again},
  {
    name: `memory after ${minutes} min of playing`,
    unit: 'x',
    most: 1.1,
    once: true,
    run: stage => memory(stage, minutes),
  },
]

/** All JavaScript that comes until the default scenario stands there, that of the workers too. */
async function weight(stage: Stage): Promise<number> {
  const codes = new Map<string, Promise<Buffer>>()
  stage.page.context().on('response', response => {
    if (new URL(response.url()).pathname.endsWith('.js')) codes.set(response.url(), response.body())
  })
  await stage.show('')
  const sizes = (await Promise.all(codes.values())).map(code => gzipSync(code, {level: 9}).length)
  return sizes.reduce((sum, size) => sum + size, 0) / 1024
}

/** From choosing a file to the first picture of its run, or until every view on the screen has been drawn. */
async function opening(stage: Stage, what: 'first' | 'whole'): Promise<number> {
  await stage.show('#scenario=accept-queue')
  return withTrace(async file => {
    const chosen = await stage.page.evaluateHandle(() => {
      const at: number[] = []
      document.addEventListener('change', () => at.push(performance.now()), {capture: true, once: true})
      return at
    })
    await openFile(stage, file)
    if (what === 'whole') await stage.page.locator('.charts canvas').first().waitFor()
    await stage.drawn()
    // On the clock of the page: to hand it the file is no work of the page.
    return chosen.evaluate(at => (performance.now() - at[0]!) / 1000)
  })
}

async function openFile(stage: Stage, file: string): Promise<void> {
  await stage.page.locator('input[type=file]').setInputFiles(file)
  await stage.page.getByRole('heading', {name: 'a large trace'}).waitFor()
  await stage.settled()
}

/** From a press on the scrubber until the frame that shows the instant. */
async function seeking(stage: Stage): Promise<number> {
  await stage.show('#scenario=accept-queue')
  await withTrace(file => openFile(stage, file))
  const times = await stage.page.evaluate(async () => {
    const slider = document.querySelector('[role=slider][aria-label=Time]')!
    const {left, top, width, height} = slider.getBoundingClientRect()
    const taken: number[] = []
    for (let i = 0; i < 100; i++) {
      const x = left + width * (0.1 + 0.85 * ((i * 0.618034) % 1))
      const at = {clientX: x, clientY: top + height / 2, button: 0, bubbles: true, pointerId: 1}
      await new Promise(requestAnimationFrame)
      const start = performance.now()
      slider.dispatchEvent(new PointerEvent('pointerdown', at))
      slider.dispatchEvent(new PointerEvent('pointerup', at))
      // A task that is posted in a frame runs when that has been drawn.
      await new Promise<void>(done => requestAnimationFrame(() => void setTimeout(done)))
      taken.push(performance.now() - start)
    }
    return taken
  })
  return times.toSorted((a, b) => a - b)[Math.floor(0.95 * times.length)]!
}

/** Frames in a second while four runs of a hundred hosts play side by side. */
async function playing(stage: Stage): Promise<number> {
  await stage.show('?scenario=given/fleet.yaml')
  await stage.page.getByRole('button', {name: /^play/i}).click()
  return framesIn(stage, 8)
}

const framesIn = (stage: Stage, seconds: number): Promise<number> =>
  stage.page.evaluate(async length => {
    const start = performance.now()
    let frames = 0
    while (performance.now() - start < length * 1000) {
      await new Promise(requestAnimationFrame)
      frames++
    }
    return (1000 * frames) / (performance.now() - start)
  }, seconds)

/** How long a person looks at a picture, at the least, before changing a number of it; in ms. */
const look = 2_000

/** The default scenario in one way, from a changed number to the new picture. */
async function again(stage: Stage): Promise<number> {
  await stage.show(`#${new URLSearchParams({scenario: 'edge-release', strategies: 'socket-takeover'})}`)
  const {page} = stage
  await page.waitForTimeout(look)
  await page.getByRole('button', {name: 'Change'}).click()
  const field = page.getByRole('textbox', {name: 'drain timeout'})
  await field.fill('10m')
  const before = await page.locator('.card canvas').first().elementHandle()
  const start = performance.now()
  await field.press('Enter')
  await page.waitForFunction(canvas => !canvas!.isConnected, before)
  await stage.settled()
  await stage.drawn()
  return (performance.now() - start) / 1000
}

/** Live memory after playing over and over, as a multiple of what there was after the first time. */
async function memory(stage: Stage, minutes: number): Promise<number> {
  const {page} = stage
  await stage.show('?scenario=given/fleet.yaml')
  const session = await page.context().newCDPSession(page)
  const used = async () => {
    await session.send('HeapProfiler.collectGarbage')
    return (await session.send('Runtime.getHeapUsage')).usedSize
  }
  await play(stage, 20)
  const first = await used()
  for (let played = 0; played < 60 * minutes; played += 20) await play(stage, 20)
  return (await used()) / first
}

/** Plays for so many seconds, from the beginning if it has come to the end. */
async function play(stage: Stage, seconds: number): Promise<void> {
  const button = stage.page.getByRole('button', {name: /^(play|pause)/i})
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    if (/^play/i.test((await button.getAttribute('aria-label')) ?? 'play')) await button.click()
    await stage.page.waitForTimeout(500)
  }
}

async function withTrace<T>(use: (file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'zdr-bench-'))
  try {
    const file = join(folder, 'large.json')
    writeFileSync(file, JSON.stringify(largeTrace(million)))
    return await use(file)
  } finally {
    rmSync(folder, {recursive: true})
  }
}
