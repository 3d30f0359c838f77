import {execFileSync} from 'node:child_process'
import {delimiter, join} from 'node:path'
import {chromium, type LaunchOptions} from 'playwright-core'
import {got, isExecutable} from '../debian.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']
const elsewhere = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

/** The path of a Chrome or Chromium that is there; undefined if none is. CHROME_PATH names one that is to be taken. */
export function installedBrowser(): string | undefined {
  const named = process.env.CHROME_PATH
  if (named !== undefined && named !== '') return named
  const folders = (process.env.PATH ?? '').split(delimiter)
  const own = playwrightsOwn()
  const places = [...folders.flatMap(folder => names.map(name => join(folder, name))), ...elsewhere, ...own]
  return places.find(isExecutable)
}

/**
 * The path of a browser, which is got if there is none: Debian's package where that can be installed, else Playwright's
 * own. Throws an Error with one sentence where no browser can be had.
 */
export function browser(): string {
  const found = installedBrowser() ?? installDebians() ?? installPlaywrights()
  if (found !== undefined) return found
  throw new Error(
    'The page is tested in a real Chromium, and none could be had here: install Chrome or Chromium, or set CHROME_PATH.',
  )
}

/** Once before all tests in a browser: if each got one, those that run at the same time would be in each other's way. */
export function setup(): void {
  browser()
}

/** How it is started, with `more` if that is wanted: without a sandbox only where it would refuse one, and without looking for anything outside. */
export const launch = (...more: readonly string[]): LaunchOptions => ({
  executablePath: browser(),
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    ...['--disable-component-update', '--disable-sync', '--font-render-hinting=none'],
    ...more,
  ],
})

function playwrightsOwn(): string[] {
  try {
    return [chromium.executablePath()]
  } catch {
    return []
  }
}

function installDebians(): string | undefined {
  got(() => installedBrowser() !== undefined, 'chromium', 'fonts-dejavu-core')
  return installedBrowser()
}

function installPlaywrights(): string | undefined {
  const cli = join(import.meta.dirname, '../../node_modules/playwright-core/cli.js')
  tried(() => execFileSync(process.execPath, [cli, 'install', 'chromium'], {stdio: 'ignore'}))
  return installedBrowser()
}

function tried(action: () => void): void {
  try {
    action()
  } catch {
    // Whether it was of use is seen by whether there is a browser now.
  }
}
