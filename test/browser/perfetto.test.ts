import {readFileSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {extname} from 'node:path'
import {chromium} from 'playwright-core'
import {expect, onTestFinished, test} from 'vitest'
import {perfettoOf} from '../../sim/export/perfetto.ts'
import {run} from '../../sim/run.ts'
import {shipped} from '../shipped.ts'
import {launch} from './chromium.ts'

const release = new URL('../../node_modules/speedscope/dist/release/', import.meta.url)
const types: Readonly<Record<string, string>> = {'.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css'}

/** Speedscope, another program that reads trace events, with a file for it to open. */
async function serve(file: string): Promise<string> {
  const server = createServer(({url = '/'}, response) => {
    const {pathname} = new URL(url, 'http://any')
    const name = pathname === '/' ? 'index.html' : pathname.slice(1)
    response.setHeader('content-type', types[extname(name)] ?? 'application/octet-stream')
    try {
      response.end(name === 'run.json' ? file : readFileSync(new URL(name, release)))
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('speedscope reads a trace for Perfetto, with all tracks by their names, and finds nothing odd in it', async () => {
  const {trace} = run(shipped('rolling-soft-stop'), {trace: true})
  const url = await serve(JSON.stringify(perfettoOf(trace!)))
  const options = launch()
  const browser = await chromium.launch({...options, args: [...(options.args ?? []), '--enable-unsafe-swiftshader']})
  onTestFinished(() => browser.close())
  const page = await browser.newPage({viewport: {width: 1280, height: 800}})
  const said: string[] = []
  page.on('console', message => said.push(message.text()))
  await page.goto(`${url}/#profileURL=${encodeURIComponent(`${url}/run.json`)}`)
  await page.getByText('(1/14)').click()
  const text = await page.locator('body').innerText()
  for (const name of ['proxy.0#0', 'proxy.0#1', 'proxy.3#1', 'proxy: graceful-drain']) expect(text).toContain(name)
  expect(said).toContain('Importing as Trace Event Format profile')
  expect(said.filter(it => /Tried to|still open|mismatch/i.test(it))).toEqual([])
})
