import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {gzipSync} from 'node:zlib'
import {expect, test} from 'vitest'

/** What `npm run build` makes of viz/. */
const page = fileURLToPath(new URL('../../dist/page', import.meta.url))
const code = (file: string): string => readFileSync(join(page, 'assets', file), 'utf8')

/** The one file in a text whose name begins so and has a hash. */
function named(text: string, name: string): string {
  const [file, ...others] = new Set(text.match(new RegExp(`\\b${name}-[\\w-]{8}\\.js`, 'g')))
  expect([name, file, others]).toEqual([name, expect.anything(), []])
  return file!
}

/** Files with all that they import before they begin. */
function withImports(...files: readonly string[]): Set<string> {
  const all = new Set(files)
  for (const file of all)
    for (const [, imported] of code(file).matchAll(/\b(?:from|import)\s*["'`]\.\/([^"'`]+)["'`]/g)) all.add(imported!)
  return all
}

test('all JavaScript until the default scenario stands there is 120 KiB at most, packed, that of its worker too', () => {
  const entry = named(readFileSync(join(page, 'index.html'), 'utf8'), 'index')
  const worker = named(code(entry), 'worker')
  const later = [named(code(entry), 'charts'), named(code(worker), 'edge-release')]
  const sizes = [...withImports(entry, worker, ...later)].map(file => gzipSync(code(file), {level: 9}).length)
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(120 * 1024)
})
