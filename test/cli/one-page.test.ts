import {createHash} from 'node:crypto'
import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {gunzipSync} from 'node:zlib'
import {expect, test} from 'vitest'
import type {Embedded} from '../../viz/embedded.ts'
import {folderWith, small, zdr} from './command.ts'

const hostile = small
  .replace('A small edge', '</script><script>alert(1)</script><!--')
  .replace('service: 1ms', 'service: {empirical: {file: lives.csv}}')

/** What `zdr view … --export page.html` writes. */
async function exported(files: Readonly<Record<string, string>>, ...words: string[]): Promise<string> {
  const folder = folderWith(files)
  const {code, stderr} = await zdr(folder, 'view', ...words, '--export', 'page.html')
  expect([code, stderr]).toEqual([0, ''])
  expect(readdirSync(folder).sort()).toEqual([...Object.keys(files), 'page.html'].sort())
  return readFileSync(join(folder, 'page.html'), 'utf8')
}

/** Elements of a page that hold raw text, as a browser finds them. */
const elements = (html: string, tag: string) =>
  [...html.matchAll(new RegExp(`<${tag}\\b([^>]*)>(.*?)</${tag}`, 'gis'))].map(([, attributes = '', text = '']) => ({
    attributes,
    text,
  }))

const embeddedIn = (html: string): Embedded =>
  JSON.parse(elements(html, 'script').find(({attributes}) => attributes.includes('id="embedded"'))!.text)

const traceIn = ({trace}: Embedded['runs'][number]) => JSON.parse(gunzipSync(Buffer.from(trace, 'base64')).toString())

const sha256 = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

test('an export is one file: it names nothing outside of it, and runs nothing but what its policy has the hash of', async () => {
  const html = await exported(
    {'my.yaml': hostile, 'lives.csv': '1ms\n2ms\n'},
    'my.yaml',
    '--strategies',
    'hard-restart',
  )
  const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html)![1]!
  const scripts = elements(html, 'script')
  const run = scripts.filter(({attributes}) => attributes.includes('type="module"'))
  const styles = elements(html, 'style')
  expect([run.length, styles.length]).toEqual([1, 1])
  expect(policy).toContain(`script-src ${sha256(run[0]!.text)};`)
  expect(policy).toContain(`style-src ${sha256(styles[0]!.text)};`)
  expect(policy).toMatch(/^default-src 'none';.* connect-src 'none'; worker-src blob:;/)
  expect(policy).not.toContain('unsafe')

  const data = scripts.filter(it => !run.includes(it)).map(({attributes}) => attributes.trim())
  expect(data.toSorted()).toEqual([
    'type="application/json" id="embedded"',
    'type="text/plain" id="licenses"',
    'type="text/plain" id="worker-code"',
  ])
  const markup = scripts.reduce((rest, {text}) => rest.replace(text, ''), html).replace(styles[0]!.text, '')
  expect(markup.match(/(?:src|href)="(?!data:)[^"]*"/g)).toBeNull()
  expect(styles[0]!.text).not.toMatch(/@import|url\((?!["']?data:)/)
  expect(html).not.toContain('<script>alert')
})

test('an export has the scenario, what it reads, and a run for each way, as zdr compare has them', async () => {
  const lives = 'life_ms\n1\n2\n'
  const files = {'my.yaml': hostile, 'lives.csv': lives}
  const html = await exported(files, 'my.yaml', '--strategies', 'hard-restart,socket-takeover', '--seed', '3')
  const {address, scenario, runs} = embeddedIn(html)
  expect(address).toBe('seed=3&strategies=hard-restart,socket-takeover')
  expect(scenario).toEqual({name: 'my', text: hostile, files: {'lives.csv': lives}})
  expect(runs.map(({label, replace}) => [label, replace])).toEqual([
    ['hard-restart', 'hard-restart'],
    ['socket-takeover', 'socket-takeover'],
  ])
  const {stdout} = await zdr(
    folderWith(files),
    ...['compare', 'my.yaml', '--strategies', 'hard-restart,socket-takeover', '--seed', '3', '--json'],
  )
  expect(runs.map(({report}) => report)).toEqual(JSON.parse(stdout))
  expect(runs.map(run => traceIn(run).seed)).toEqual([3, 3])
})

test('an export of a trace has that trace, and one that was not packed is', async () => {
  const folder = folderWith({'small.yaml': small})
  await zdr(folder, 'run', 'small.yaml', '--trace', 'run.json')
  const trace = readFileSync(join(folder, 'run.json'), 'utf8')
  const {runs, scenario} = embeddedIn(await exported({'run.json': trace}, 'run.json'))
  expect(scenario).toBeUndefined()
  expect(runs.map(run => [run.label, traceIn(run)])).toEqual([['run.json', JSON.parse(trace)]])
})

test('the licenses of everything in it are in it', async () => {
  const html = await exported({'small.yaml': small}, 'small.yaml', '--strategies', 'hard-restart')
  const licenses = elements(html, 'script').find(({attributes}) => attributes.includes('licenses'))!.text
  for (const name of ['valibot', 'seedrandom', 'yaml'])
    expect(licenses).toMatch(new RegExp(`^## ${name} \\d.*\\)\\n\\n\\S`, 'm'))
})
