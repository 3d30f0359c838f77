import {readFileSync} from 'node:fs'
import {dirname} from 'node:path'
import {describe, expect, test} from 'vitest'
import {filesBelow, Source} from './tidy/source.ts'

const sources = [...['sim', 'viz', 'bench', 'test'].flatMap(folder => filesBelow(folder, '.ts')), 'vite.config.ts'].map(
  path => new Source(path),
)
const inSim = sources.filter(({path}) => path.startsWith('sim/'))

/** A folder, and the folders and packages that it may import from. */
const layers: Readonly<Record<string, {readonly folders: readonly string[]; readonly packages: readonly string[]}>> = {
  'sim/engine': {folders: [], packages: ['seedrandom']},
  'sim/net': {folders: ['sim/engine'], packages: []},
  'sim/strategies': {folders: ['sim/engine', 'sim/net'], packages: []},
  'sim/metrics': {folders: ['sim/engine', 'sim/net'], packages: []},
  'sim/trace': {folders: ['sim/engine', 'sim/net', 'sim/metrics'], packages: []},
  'sim/scenario': {
    folders: ['sim/engine', 'sim/net', 'sim/strategies'],
    packages: ['valibot', 'yaml', '@valibot/to-json-schema'],
  },
  'sim/words': {folders: ['sim/engine', 'sim/net', 'sim/metrics'], packages: []},
  'sim/story': {folders: ['sim/engine', 'sim/net', 'sim/trace', 'sim/words'], packages: []},
  'sim/export': {folders: ['sim/engine', 'sim/net', 'sim/metrics', 'sim/trace', 'sim/story'], packages: []},
  // Of what lies in sim itself it needs release.ts.
  'sim/lint': {
    folders: ['sim', 'sim/engine', 'sim/net', 'sim/strategies', 'sim/scenario', 'sim/words'],
    packages: [],
  },
  // Of what lies in sim itself they need run.ts.
  'sim/experiment': {
    folders: ['sim', 'sim/engine', 'sim/metrics', 'sim/trace', 'sim/scenario', 'sim/strategies', 'sim/words'],
    packages: ['jstat', 'simple-statistics'],
  },
  'sim/reproduction': {
    folders: ['sim', 'sim/engine', 'sim/net', 'sim/metrics', 'sim/trace', 'sim/scenario', 'sim/experiment'],
    packages: [],
  },
}
const pure = Object.keys(layers)

const told = ['sim/engine', 'sim/net', 'sim/metrics', 'sim/trace', 'sim/words', 'sim/story']
/** The rooms of the page. Only its worker runs the simulator; all else knows what came of it. */
const rooms: typeof layers = {
  'viz/recording': {folders: ['sim/engine', 'sim/net', 'sim/trace', 'sim/words', 'sim/story'], packages: []},
  'viz/draw': {folders: ['sim/engine', 'sim/words', 'viz/recording'], packages: ['d3']},
  'viz/worker': {folders: ['viz', 'sim', 'sim/scenario', 'sim/strategies', ...told, 'viz/recording'], packages: []},
  'viz/desk': {folders: ['sim', 'sim/scenario', ...told, 'viz/recording', 'viz/worker', 'viz/draw'], packages: ['d3']},
  'viz/views': {
    folders: [
      'sim',
      'sim/scenario',
      'sim/experiment',
      ...told,
      ...['', '/recording', '/worker', '/draw', '/desk'].map(it => `viz${it}`),
    ],
    packages: ['d3', 'virtual:gallery'],
  },
}

/** The layer that a file lies in: `sim/engine/ladder` is in `sim/engine`. */
const layerOf = (path: string): string => dirname(path).split('/').slice(0, 2).join('/')

/** What a run must not hang on, and a browser need not have. */
const outside =
  /^(Math\.random|Date|performance|setTimeout|setInterval|setImmediate|queueMicrotask|fetch|crypto|Buffer|require)$/

/** More than a word, and no promise that it should hold but that it does. */
const isSentence = (name: string): boolean => /\S\s+\S/.test(name) && !/^(should|test)\b/i.test(name)

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0

/** The packages that files need, with all that they import. */
function packagesBelow(...paths: readonly string[]): string[] {
  const needed = new Set(paths)
  for (const path of needed)
    for (const below of sources.find(it => it.path === path)?.ownImports ?? []) needed.add(below)
  return [...new Set(sources.filter(({path}) => needed.has(path)).flatMap(({packages}) => packages))]
}

describe('a source', () => {
  const seen = (...lines: string[]) => new Source('sim/net/seen.ts', lines.join('\n'))

  test('tells what it imports, at once, when it needs it, as a type or to pass it on', () => {
    const source = seen(
      "import './a.ts'",
      "import type {B} from '../engine/b.ts'",
      "export * from '../c.ts'",
      "export type D = import('./d.ts').D",
      "const e = () => import('@scope/e/deep.js')",
      "const notAnImport = 'import x from y'",
    )
    expect(source.ownImports.toSorted()).toEqual(['sim/c.ts', 'sim/engine/b.ts', 'sim/net/a.ts', 'sim/net/d.ts'])
    expect(source.packages).toEqual(['@scope/e'])
  })

  test('tells the names that it uses, but not those of fields and keys', () => {
    const {names} = seen('const a = {Date: 1}', 'a.performance', 'f(Math.random(), Date.now(), {setTimeout})')
    expect(names.filter(name => outside.test(name))).toEqual(['Date', 'setTimeout', 'Math.random'])
  })

  test('tells how long its functions are, of any kind', () => {
    const {functions} = seen(
      'const a = () =>',
      '  1',
      'class B {',
      '  *c() {',
      '    yield 1',
      '  }',
      '}',
      'describe(() => {',
      '})',
    )
    expect(functions.map(({line, lines}) => [line, lines])).toEqual([
      [1, 2],
      [4, 3],
    ])
  })

  test('tells whether it turns the types off', () => {
    expect([seen('a as any').hasAny, seen('a as unknown').hasAny]).toEqual([true, false])
  })
})

describe('layers', () => {
  test.each([...pure, ...Object.keys(rooms)])('%s imports only what is below it', layer => {
    const {folders, packages} = {...layers, ...rooms}[layer]!
    for (const source of sources.filter(({path}) => layerOf(path) === layer)) {
      const astray = source.ownImports.filter(path => ![layer, ...folders].includes(layerOf(path)))
      const foreign = source.packages.filter(name => !packages.includes(name))
      expect([source.path, ...astray, ...foreign]).toEqual([source.path])
    }
  })

  test('nothing below the command line imports it', () => {
    const below = inSim.filter(({path}) => layerOf(path) !== 'sim/cli')
    const upwards = below.filter(({ownImports}) => ownImports.some(path => layerOf(path) === 'sim/cli'))
    expect(upwards.map(({path}) => path)).toEqual([])
  })

  test('a scenario that is parsed already is checked and run without a parser, and without writing a schema', () => {
    const packages = packagesBelow('sim/run.ts', 'sim/comparison.ts', 'sim/scenario/check.ts')
    expect(packages.toSorted()).toEqual(['seedrandom', 'valibot'])
  })

  test('a run knows no clock, no chance and no machine but its own', () => {
    for (const {path, names} of sources.filter(it => pure.includes(layerOf(it.path))))
      expect([path, ...names.filter(name => outside.test(name))]).toEqual([path])
  })
})

describe('files', () => {
  test('every file is imported by another, unless it is where something begins', () => {
    const imported = new Set(sources.flatMap(({ownImports}) => ownImports))
    const beginnings =
      /^sim\/(index|cli\/main|cli\/pool\/worker)\.ts$|^viz\/(main|worker\/worker)\.ts$|^bench\/((page|sweep|size)\/)?main\.ts$|^vite\.config\.ts$|\.test\.ts$|\.d\.ts$/
    const unused = sources.filter(({path}) => !imported.has(path) && !beginnings.test(path))
    expect(unused.map(({path}) => path)).toEqual([])
  })

  test('every import leads to a file', () => {
    const known = new Set(sources.map(({path}) => path))
    for (const {path, ownImports} of sources)
      expect([path, ...ownImports.filter(it => it.endsWith('.ts') && !known.has(it))]).toEqual([path])
  })

  test('no file is longer than 300 lines, and half of those in sim have no more than 100', () => {
    expect(sources.filter(({lines}) => lines > 300).map(({path, lines}) => `${path}: ${lines}`)).toEqual([])
    expect(median(inSim.map(({lines}) => lines))).toBeLessThanOrEqual(100)
  })

  test('no function is longer than 60 lines, and half of those in sim have no more than 7', () => {
    const long = sources.flatMap(({path, functions}) =>
      functions.filter(it => it.lines > 60).map(it => `${path}:${it.line}`),
    )
    expect(long).toEqual([])
    expect(median(inSim.flatMap(({functions}) => functions.map(({lines}) => lines)))).toBeLessThanOrEqual(7)
  })

  test('nobody turns the types off or puts work off', () => {
    for (const {path, hasAny, comments} of sources) {
      const notes = comments.filter(comment => /@ts-|\b(TODO|FIXME|XXX|HACK)\b/.test(comment))
      expect([path, hasAny, ...notes]).toEqual([path, false])
    }
  })

  test('nothing names a folder of somebody’s machine', () => {
    const texts = ['.md', '.json', '.yaml', '.csv'].flatMap(ending =>
      ['docs', 'scenarios'].flatMap(it => filesBelow(it, ending)),
    )
    for (const path of [...sources.map(it => it.path), ...texts, 'package.json', 'package-lock.json'])
      expect([
        path,
        ...(/(?<![\w.])\/(home|work|root|Users|mnt)\/[\w.-]+/.exec(readFileSync(path, 'utf8')) ?? []),
      ]).toEqual([path])
  })
})

describe('tests', () => {
  const tests = sources.filter(({path}) => path.endsWith('.test.ts'))

  test('each is named by what holds, in words', () => {
    for (const {path, testNames} of tests) {
      const written = testNames.filter(name => !/[%$]/.test(name))
      expect([path, ...written.filter(name => !isSentence(name))]).toEqual([path])
    }
  })
})

describe('scenarios', () => {
  test.each(filesBelow('scenarios', '.yaml'))(
    '%s lets editors help, asks a question and says where its numbers come from',
    path => {
      const text = readFileSync(path, 'utf8')
      const comments = [...text.matchAll(/^\s*#(.*)$/gm)].map(([, comment]) => comment!)
      expect(text.startsWith('# yaml-language-server: $schema=')).toBe(true)
      expect(text).toMatch(/^question: .*\?['"]?$/m)
      expect(text).toMatch(/^expect:/m)
      expect(comments.slice(1).filter(comment => /\d/.test(comment))).not.toEqual([])
    },
  )
})
