import {readFileSync} from 'node:fs'
import type {Server} from 'node:http'
import {type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page} from 'playwright-core'
import {afterAll, beforeAll, expect, onTestFailed, onTestFinished} from 'vitest'
import {documentOf} from '../../sim/cli/server/documents.ts'
import {serve} from '../../sim/cli/server/server.ts'
import {pageDocuments} from '../../sim/cli/view/page-files.ts'
import {launch} from './chromium.ts'

/** Two tiers, six hosts, 40 requests a second, 200 sessions, two minutes: it has everything, and is simulated at once. */
export const smallRelease = readFileSync(new URL('small-release.yaml', import.meta.url), 'utf8')
/** What stands behind the address of a page that shows it. */
export const small = '?scenario=given/small-release.yaml#strategies=hard-restart,graceful-drain'

/** The pages of tests live for seconds, in which the middle one of V8's compilers takes a third of all time and saves less. */
const noMaglev = '--js-flags=--no-maglev'

let browser: Browser
let server: Server
let url: string

beforeAll(async () => {
  const given = [['/given/small-release.yaml', documentOf('small-release.yaml', smallRelease)] as const]
  ;[browser, {server, url}] = await Promise.all([
    chromium.launch(launch(noMaglev)),
    serve(new Map([...pageDocuments(), ...given]), 0),
  ])
})
afterAll(async () => {
  await browser?.close()
  server?.close()
})

/**
 * The page with the small release, for all tests of a file: each begins at the start of time, with nothing picked, and leaves
 * behind what it was given. After one that fails there is a new page.
 */
export async function thePage(): Promise<Page> {
  shared ??= visitor().then(async visit => {
    await visit.page.goto(url + small)
    await settled(visit.page)
    return visit
  })
  const {page, problems} = await shared
  onTestFailed(() => {
    shared = undefined
  })
  onTestFinished(() => expect(problems.splice(0)).toEqual([]))
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
  await page.mouse.move(0, 0)
  for (const key of ['Escape', '0', 'Home']) await page.keyboard.press(key)
  // What was asked for last must be there, or a test begins with what the one before it left.
  await soon(() => timeOf(page)).toBe(0)
  return page
}
let shared: Promise<Visit> | undefined

/** A page of one's own, as `zdr view` serves it, at an address in it, once all runs are there. */
export async function opened(address = small, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await blank(options)
  await page.goto(url + address)
  await settled(page)
  return page
}

/**
 * A browser of somebody who was never here. When the test is done, nothing may have gone wrong in it: the console has heard
 * of no error or warning, and nobody was asked for anything but who serves the page.
 */
export async function blank(options: BrowserContextOptions = {}, host = url): Promise<Page> {
  const {page, problems} = await visitor(options, host)
  onTestFinished(async () => {
    await page.context().close()
    expect(problems).toEqual([])
  })
  return page
}

interface Visit {
  readonly page: Page
  readonly problems: string[]
}

async function visitor(options: BrowserContextOptions = {}, host = url): Promise<Visit> {
  const context = await browser.newContext({viewport: {width: 1280, height: 800}, ...options})
  context.setDefaultTimeout(patience)
  return {problems: problemsOf(context, host), page: await context.newPage()}
}

function problemsOf(context: BrowserContext, host: string): string[] {
  const problems: string[] = []
  context.on('console', message => {
    if (['error', 'warning'].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`)
  })
  context.on('weberror', error => problems.push(String(error.error().stack)))
  context.on('request', request => {
    const isOwn = request.url().startsWith(host) || /^(data|blob):/.test(request.url())
    if (!isOwn) problems.push(`asked for ${request.url()}`)
  })
  return problems
}

/** Once all runs are there. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('article').first().waitFor()
  await page.getByRole('progressbar').first().waitFor({state: 'hidden'})
}

/** As long as a person with a slow machine would wait, in ms. */
const patience = 20_000

/** What will hold in a moment, for a page draws when the next frame comes. */
export const soon = <T>(seen: () => T) => expect.poll(seen, {timeout: patience, interval: 20})

/** Where the clock of the page stands, in s. */
export const timeOf = async (page: Page): Promise<number> =>
  Number(await page.getByRole('slider', {name: 'Time'}).getAttribute('aria-valuenow'))
