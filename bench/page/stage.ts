import type {Server} from 'node:http'
import {type Browser, chromium, type Page} from 'playwright-core'
import {documentOf} from '../../sim/cli/server/documents.ts'
import {serve} from '../../sim/cli/server/server.ts'
import {pageDocuments} from '../../sim/cli/view/page-files.ts'
import {launch} from '../../test/browser/chromium.ts'
import {fleetScenario} from './fleet.ts'

/** Four ways to release a hundred proxies. */
const fleet = documentOf('fleet.yaml', fleetScenario)

/** A browser with the page in it, as `zdr view` serves it. */
export class Stage {
  readonly page: Page
  readonly #browser: Browser
  readonly #server: Server
  readonly #url: string

  private constructor(browser: Browser, page: Page, server: Server, url: string) {
    this.#browser = browser
    this.page = page
    this.#server = server
    this.#url = url
  }

  static async open(): Promise<Stage> {
    const {server, url} = await serve(new Map([...pageDocuments(), ['/given/fleet.yaml', fleet]]), 0)
    const options = launch()
    const browser = await chromium.launch({...options, args: [...options.args!, '--js-flags=--expose-gc']})
    const page = await browser.newPage({viewport: {width: 1600, height: 900}})
    page.setDefaultTimeout(120_000)
    return new Stage(browser, page, server, url)
  }

  async close(): Promise<void> {
    await this.#browser.close()
    this.#server.close()
  }

  /** Goes to an address of the page, and waits until all that it simulates is there. */
  async show(address: string): Promise<void> {
    await this.page.goto(this.#url + address)
    await this.settled()
  }

  async settled(): Promise<void> {
    await this.page.waitForFunction(() => {
      const cards = [...document.querySelectorAll('.card')]
      return cards.length > 0 && cards.every(card => card.querySelector('canvas') !== null)
    })
  }

  /** Two frames later: what was asked for before has been drawn. */
  async drawn(): Promise<void> {
    await this.page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))
  }
}
