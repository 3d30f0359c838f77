import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {readFileSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {extname, join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {gunzipSync, gzipSync} from 'node:zlib'
import type {Page} from 'playwright-core'
import {expect, onTestFinished, test} from 'vitest'
import {built, folderWith, zdr} from '../cli/command.ts'
import {blank, opened, settled, smallRelease, soon, thePage, timeOf} from './stage.ts'

interface Upload {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

const upload = (name: string, content: string | Uint8Array): Upload => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content),
})

/** Chooses files as somebody does who presses Open…. */
async function choose(page: Page, ...files: readonly Upload[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', {name: 'Open…'}).click()
  await (await chooser).setFiles([...files])
}

/** Drops files on the page. */
async function drop(page: Page, ...files: readonly Upload[]): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    all => {
      const transfer = new DataTransfer()
      for (const {name, bytes} of all) transfer.items.add(new File([Uint8Array.from(bytes)], name))
      return transfer
    },
    files.map(({name, buffer}) => ({name, bytes: [...buffer]})),
  )
  await page.getByRole('main').dispatchEvent('dragenter', {dataTransfer})
  await page.getByText(/^Drop a trace to replay it/).dispatchEvent('drop', {dataTransfer})
}

/** The trace of the small release under a strategy. */
async function traceOf(strategy: string): Promise<Buffer> {
  const folder = folderWith({'small-release.yaml': smallRelease})
  await zdr(folder, 'run', 'small-release.yaml', '--strategy', strategy, '--trace', 'trace.json.gz')
  return readFileSync(join(folder, 'trace.json.gz'))
}

const notice = (page: Page) => page.getByRole('banner').getByRole('status')

test('traces that are dropped are replayed side by side', async () => {
  const page = await opened()
  const [kill, drain] = await Promise.all([traceOf('hard-restart'), traceOf('graceful-drain')])
  await drop(page, upload('kill.json.gz', kill), upload('drain.json.gz', drain))
  await page.getByRole('article', {name: 'graceful-drain', exact: true}).waitFor()
  await page.getByRole('article', {name: 'hard-restart', exact: true}).waitFor()
  expect(await page.getByRole('article').count()).toBe(2)
  await page.getByText(/Replayed from kill.json.gz and drain.json.gz\.$/).waitFor()
  await page.getByRole('button', {name: 'go to the end'}).click()
  await soon(() => timeOf(page)).toBe(120)
})

test.each([
  ['cut.json', '{"$schema":"restart-trace/1","exporter":"zdr', 'it is cut short, or is no JSON'],
  [
    'cut.json.gz',
    gzipSync('{"$schema":"restart-trace/1"}'.repeat(100)).subarray(0, 30),
    'it is cut short, or is no gzip file',
  ],
  ['foreign.json', '{"name": "something else"}', 'it is no trace'],
  [
    'future.json',
    '{"$schema": "restart-trace/2"}',
    'it is in version 2 of the format, and this program reads version 1',
  ],
  ['hollow.json', '{"$schema": "restart-trace/1"}', 'exporter is missing'],
  ['empty.json', '', 'empty'],
  ['picture.yaml', 'GIF89a', 'found'],
])('%s is not opened, and a sentence says why', async (name, content, why) => {
  const page = await thePage()
  await choose(page, upload(name, content))
  await soon(() => notice(page).textContent()).toContain(why)
  expect(await page.getByRole('article').count()).toBe(2)
})

test('a scenario from a file is simulated', async () => {
  const page = await opened('?scenario=given/small-release.yaml#strategies=graceful-drain')
  await choose(page, upload('mine.yaml', smallRelease.replace('A small release', 'A release of mine')))
  await page.getByRole('heading', {name: 'A release of mine'}).waitFor()
  await settled(page)
})

test('a link holds all that was changed, and whoever opens it sees the same', async () => {
  const page = await opened(undefined, {permissions: ['clipboard-read', 'clipboard-write']})
  await page.keyboard.press('c')
  const form = page.getByRole('complementary', {name: 'Change and run again'})
  await form.getByLabel('drain timeout', {exact: true}).fill('25s')
  await page.keyboard.press('Enter')
  await form.getByLabel('seed of all chance').fill('3')
  await page.keyboard.press('Enter')
  await form.getByRole('combobox', {name: 'a strategy or preset to compare with'}).selectOption('socket-takeover')
  await form.getByRole('button', {name: 'Add'}).click()
  await page.getByRole('article', {name: 'socket-takeover'}).waitFor()
  await page.keyboard.press('Escape')
  await settled(page)
  for (const key of ['Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight', 'z', 'r'])
    await page.keyboard.press(key)
  const before = await seen(page)
  await page.keyboard.press('2')
  await page.keyboard.press('s')
  await page.getByRole('button', {name: 'Copy'}).click()
  await page.getByText('The link is copied.').waitFor()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toBe(await page.getByRole('textbox', {name: 'The link'}).inputValue())
  const other = await opened(new URL(link).search + new URL(link).hash)
  await other.getByRole('tabpanel', {name: 'Hosts'}).waitFor()
  await other.keyboard.press('1')
  await soon(() => seen(other)).toEqual(before)
})

/** What of the page a link has to bring back. */
async function seen(page: Page) {
  const attribute = (role: 'slider' | 'img', name: string | RegExp, what: string) =>
    page.getByRole(role, {name}).getAttribute(what)
  return {
    time: await attribute('slider', 'Time', 'aria-valuetext'),
    window: await attribute('img', /^Reconnects: /, 'aria-label'),
    runs: await page.getByRole('article').evaluateAll(all => all.map(it => it.getAttribute('aria-label'))),
    focus: await page.getByRole('article').getByRole('button', {pressed: true}).textContent(),
    totals: await page.getByText(/ by the end/).allTextContents(),
  }
}

test('pictures and data can be taken away', async () => {
  const page = await thePage()
  await page.keyboard.press('s')
  const dialog = page.getByRole('dialog', {name: 'Share'})
  const saved = async (name: string) => {
    const download = page.waitForEvent('download')
    await dialog.getByRole('button', {name, exact: true}).click()
    const file = await download
    return {name: file.suggestedFilename(), bytes: readFileSync(await file.path())}
  }
  const png = await saved('PNG')
  expect(png.name).toBe('small-release_seed-1_hard-restart_charts.png')
  expect([...png.bytes.subarray(1, 4)]).toEqual([...Buffer.from('PNG')])
  expect(png.bytes.readUInt32BE(16)).toBeGreaterThan(1_000)
  const svg = (await saved('SVG')).bytes.toString()
  expect(svg.slice(0, 2_000)).toMatch(/^<svg.*A small release/s)
  expect(/NaN|undefined/.exec(svg.replaceAll(/data:[^"]*/g, ''))).toBe(null)
  const disruptions = (await saved('Disruptions (CSV)')).bytes.toString().trim().split('\r\n')
  expect(disruptions[0]).toBe('at (µs),workload,client,process,family,outcome,cause,took (µs)')
  expect(disruptions.length - 1).toBe(await totalOf(page, 'hard-restart'))
  expect((await saved('Events (CSV)')).bytes.toString()).toMatch(/^at \(µs\),kind,.*\r\n20000000,release,/s)
  expect((await saved('Series (CSV)')).bytes.toString()).toMatch(/^from \(µs\),to \(µs\),/)
  const data = JSON.parse((await saved('All three (JSON)')).bytes.toString())
  expect(data).toMatchObject({scenario: 'small-release', seed: 1, run: 'hard-restart', from: 0, to: 120_000_000})
  const report = JSON.parse((await saved('Report of the whole run (JSON)')).bytes.toString())
  expect(report.disruption.count).toBe(disruptions.length - 1)
  const trace = await saved('Trace of the whole run')
  await dialog.getByRole('button', {name: 'Close'}).click()
  const other = await opened()
  await choose(other, upload('again.json.gz', trace.bytes))
  await other.getByText('Replayed from again.json.gz.').waitFor()
  await settled(other)
  expect(await totalOf(other, 'hard-restart')).toBe(disruptions.length - 1)
})

const totalOf = async (page: Page, name: string) =>
  Number(
    /([\d,]+) by the end/
      .exec((await page.getByRole('article', {name, exact: true}).textContent()) ?? '')?.[1]
      ?.replaceAll(',', ''),
  )

test('a page that is one file needs no network, and simulates again what is changed in it', async () => {
  const folder = folderWith({'small-release.yaml': smallRelease})
  const {stderr} = await zdr(
    folder,
    'view',
    'small-release.yaml',
    '--strategies',
    'hard-restart',
    '--export',
    'page.html',
  )
  expect(stderr).toBe('')
  const page = await blank({offline: true}, 'file://')
  await page.goto(String(pathToFileURL(join(folder, 'page.html'))))
  await settled(page)
  await page.keyboard.press('End')
  await soon(() => timeOf(page)).toBe(120)
  const before = await totalOf(page, 'hard-restart')
  await page.keyboard.press('c')
  const form = page.getByRole('complementary', {name: 'Change and run again'})
  await form.getByLabel('begins at', {exact: true}).fill('100s')
  await page.keyboard.press('Enter')
  await soon(() => totalOf(page, 'hard-restart')).toBeLessThan(before)
  for (const key of ['2', '3', '4', '5']) await page.keyboard.press(key)
})

test('zdr view prints the address of a page that shows what was named', async () => {
  const folder = folderWith({'mine.yaml': smallRelease})
  const child = spawn(process.execPath, [built, 'view', 'mine.yaml', '--strategies', 'graceful-drain', '--print'], {
    cwd: folder,
  })
  onTestFinished(() => void child.kill())
  const [line] = await once(child.stdout, 'data')
  const address = new URL(String(line).trim())
  const page = await blank({}, address.origin)
  await page.goto(String(address))
  await settled(page)
  await page.getByRole('heading', {name: 'A small release'}).waitFor()
  await page.getByRole('article', {name: 'graceful-drain'}).waitFor()
})

test('the page works on any server of files, in any folder of it', async () => {
  const types: Readonly<Record<string, string>> = {
    '.html': 'text/html',
    '.js': 'text/javascript',
    '.css': 'text/css',
    '.svg': 'image/svg+xml',
  }
  const prefix = '/some/folder/'
  const server = createServer((request, response) => {
    const path = new URL(request.url!, 'http://here').pathname
    if (!path.startsWith(prefix)) return void response.writeHead(404).end()
    const file = path.slice(prefix.length) || 'index.html'
    response.writeHead(200, {'Content-Type': types[extname(file)] ?? 'text/plain'})
    response.end(readFileSync(join('dist/page', file)))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`
  const page = await blank({}, url)
  await page.goto(`${url}#scenario=replay-exhausted&strategies=hard-restart`)
  await settled(page)
  await page.getByRole('heading', {name: 'Every app server restarts at once'}).waitFor()
})

test('what stands in a scenario is text and never markup', async () => {
  const trap = '<img src=x onerror=alert(1)>'
  const page = await opened('?scenario=given/small-release.yaml#strategies=graceful-drain')
  let alerts = 0
  page.on('dialog', dialog => {
    alerts++
    void dialog.dismiss()
  })
  const hostile = smallRelease.replace('A small release', trap).replace('What does', `${trap} What does`)
  await choose(page, upload(`${trap}.yaml`, hostile))
  await page.getByRole('heading', {name: trap}).waitFor()
  await settled(page)
  for (const key of ['1', '2', '3', '4', '5', 't']) await page.keyboard.press(key)
  const trace = JSON.parse(gunzipSync(await traceOf('hard-restart')).toString())
  const named = JSON.stringify(trace).replaceAll('"chat"', JSON.stringify(trap)).replaceAll('"edge.', `"${trap}.`)
  await choose(page, upload(`${trap}.json`, named))
  await page.getByText(`Replayed from ${trap}.json.`).waitFor()
  await settled(page)
  for (const key of ['1', '2', '3', '4', '5', 'd', 'Enter']) await page.keyboard.press(key)
  expect(await page.locator('img[src=x]').count()).toBe(0)
  expect(alerts).toBe(0)
})
