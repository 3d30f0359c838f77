import {readFileSync} from 'node:fs'
import type {Server} from 'node:http'
import {type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page} from 'playwright-core'
import {afterAll, beforeAll, expect, onTestFinished} from 'vitest'
import {documentOf} from '../../sim/cli/server/documents.ts'
import {serve} from '../../sim/cli/server/server.ts'
import {pageDocuments} from '../../sim/cli/view/page-files.ts'
import {launch} from './chromium.ts'

/** Two tiers, six hosts, 40 requests a second, 200 sessions, two minutes: it has everything, and is simulated at once. */
export const smallRelease = readFileSync(new URL('small-release.yaml', import.meta.url), 'utf8')
/** What stands behind the address of a page that shows it. */
export const small = '?scenario=given/small-release.yaml'

let browser: Browser
let server: Server
let url: string

beforeAll(async () => {
  const given = [['/given/small-release.yaml', documentOf('small-release.yaml', smallRelease)] as const]
  ;[browser, {server, url}] = await Promise.all([
    chromium.launch(launch()),
    serve(new Map([...pageDocuments(), ...given]), 0),
  ])
})
afterAll(async () => {
  await browser?.close()
  server?.close()
})

/** The page, as `zdr view` serves it, at an address in it. It is ready when all that it simulates is. */
export async function opened(address = small, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await visitor(options)
  await page.goto(url + address)
  await settled(page)
  return page
}

/**
 * A browser of somebody who was never here. When the test is done, nothing may have gone wrong in it: the console has heard
 * of no error or warning, and nobody was asked for anything but who serves the page.
 */
export async function visitor(options: BrowserContextOptions = {}, host = url): Promise<Page> {
  const context = await browser.newContext({viewport: {width: 1280, height: 800}, ...options})
  context.setDefaultTimeout(patience)
  const problems = problemsOf(context, host)
  onTestFinished(async () => {
    await context.close()
    expect(problems).toEqual([])
  })
  return context.newPage()
}

function problemsOf(context: BrowserContext, host: string): string[] {
  const problems: string[] = []
  context.on('console', message => {
    if (['error', 'warning'].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`)
  })
  context.on('weberror', error => problems.push(String(error.error().stack)))
  context.on('request', request => {
    if (!request.url().startsWith(host) && !/^(data|blob):/.test(request.url()))
      problems.push(`asked for ${request.url()}`)
  })
  return problems
}

/** Once all runs are there. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('article').first().waitFor()
  await page.getByRole('progressbar').first().waitFor({state: 'hidden'})
}

/** As long as a person with a slow machine would wait, in ms. */
const patience = 60_000

/** What will hold in a moment, for a page draws when the next frame comes. */
export const soon = <T>(seen: () => T) => expect.poll(seen, {timeout: patience, interval: 20})

/** Where the clock of the page stands, in s. */
export const timeOf = async (page: Page): Promise<number> =>
  Number(await page.getByRole('slider', {name: 'Time'}).getAttribute('aria-valuenow'))
