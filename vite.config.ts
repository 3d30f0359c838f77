import {chmodSync} from 'node:fs'
import {isBuiltin} from 'node:module'
import type {Plugin, UserConfig} from 'vite'
import {defineConfig} from 'vitest/config'
import {contentSecurityPolicy} from './viz/build/content-security-policy.ts'
import {gallery} from './viz/build/gallery.ts'
import {noteLicenses, writeLicenses} from './viz/build/licenses.ts'
import {oneFile} from './viz/build/one-file.ts'
import {scenarioData} from './viz/build/scenario-data.ts'

/**
 * What is not our own code stays an import, so that the package's dependencies are the ones it runs on. But some are
 * bundled with what they need: yargs, some fifty files, for `zdr --help` would take half as long again to find them all;
 * d3 and jstat, of which a few functions are used.
 */
const bundled = ['yargs', 'd3', 'jstat']

function external(id: string, importer?: string): boolean {
  if (/^[./\0]/.test(id)) return false
  return isBuiltin(id) || !(bundled.includes(id) || importer?.includes('/node_modules/'))
}

/** npm makes the commands of a package executable when it installs it; those of a fresh build need it too. */
const executable = (file: string) => ({name: 'executable', writeBundle: () => chmodSync(file, 0o755)})

const code = (entry: Record<string, string>, outDir: string): UserConfig => ({
  build: {
    ssr: true,
    lib: {entry, formats: ['es']},
    outDir,
    target: 'node20',
    minify: false,
    sourcemap: false,
    rollupOptions: {external, output: {entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js'}},
  },
})

const library = code({index: 'sim/index.ts', cli: 'sim/cli/main.ts', worker: 'sim/cli/pool/worker.ts'}, 'dist')

/** Parsing all scenarios takes most of the time of such a build, and is no news. */
const checks = {pluginTimings: false}

/** The page in `dist/page`, for servers of files; a variant of it has other plugins, and another place. */
const page = (folder: string, plugins: readonly Plugin[], codeSplitting: boolean): UserConfig => ({
  root: 'viz',
  base: './',
  plugins: [scenarioData, gallery, noteLicenses(), ...plugins],
  worker: {
    format: codeSplitting ? 'es' : 'iife',
    plugins: () => [scenarioData, noteLicenses()],
    rolldownOptions: {checks, output: {codeSplitting}},
  },
  build: {
    outDir: `../dist/${folder}`,
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: {polyfill: false},
    rolldownOptions: {checks, output: {codeSplitting}},
  },
})

/** `vite build --mode …`: the library and the command line, the benchmarks, or the page; test/ needs what is built. */
const modes: Record<string, UserConfig> = {
  library: {
    ...library,
    ssr: {noExternal: true},
    plugins: [executable('dist/cli.js')],
    build: {...library.build, license: {fileName: 'licenses.md'}, emptyOutDir: true},
  },
  bench: code(
    {bench: 'bench/main.ts', page: 'bench/page/main.ts', sweep: 'bench/sweep/main.ts', size: 'bench/size/main.ts'},
    'dist/bench',
  ),
  page: page('page', [contentSecurityPolicy, writeLicenses], true),
  'one-file': page('one-file', [oneFile], false),
}

export default defineConfig(({mode}) => ({
  ...modes[mode],
  test: {
    pool: 'forks',
    // All cores: on two, what is usual would leave one idle. With more, tests of the page wait for each other.
    maxWorkers: '100%',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**'],
          // Files share a process, and with it what the compiler knows by then, for no test leaves anything behind.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {name: 'browser', include: ['test/browser/**/*.test.ts'], globalSetup: 'test/browser/chromium.ts'},
      },
    ],
  },
}))
