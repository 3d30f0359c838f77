import {chmodSync} from 'node:fs'
import {isBuiltin} from 'node:module'
import type {UserConfig} from 'vite'
import {defineConfig} from 'vitest/config'
import {exhibitsIn} from './viz/gallery.ts'

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

/** What the page may do: run its own scripts and workers, and fetch from where it came. It sends nothing anywhere. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** Only of what is built: the server for development puts styles into the page itself. */
const contentSecurityPolicy = {
  name: 'content-security-policy',
  apply: 'build' as const,
  transformIndexHtml: () => [
    {tag: 'meta', attrs: {'http-equiv': 'Content-Security-Policy', content: policy}, injectTo: 'head-prepend' as const},
  ],
}

/** What the gallery shows, as a module. */
const gallery = {
  name: 'gallery',
  resolveId: (id: string) => (id === 'virtual:gallery' ? `\0${id}` : undefined),
  load: (id: string) =>
    id === '\0virtual:gallery' ? `export const exhibits = ${JSON.stringify(exhibitsIn('scenarios'))}` : undefined,
}

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

const library = code({index: 'sim/index.ts', cli: 'sim/cli/main.ts', worker: 'sim/cli/reproduction/worker.ts'}, 'dist')

/** `vite build --mode …`: the library and the command line, the benchmarks, or the page; test/ needs what is built. */
const modes: Record<string, UserConfig> = {
  library: {
    ...library,
    ssr: {noExternal: true},
    plugins: [executable('dist/cli.js')],
    build: {...library.build, license: {fileName: 'licenses.md'}, emptyOutDir: true},
  },
  bench: code({bench: 'bench/main.ts'}, 'dist/bench'),
  page: {
    root: 'viz',
    base: './',
    plugins: [contentSecurityPolicy, gallery],
    worker: {format: 'es'},
    build: {
      outDir: '../dist/page',
      emptyOutDir: true,
      target: 'es2023',
      assetsInlineLimit: 0,
      modulePreload: {polyfill: false},
      license: {fileName: 'licenses.md'},
    },
  },
}

export default defineConfig(({mode}) => ({
  ...modes[mode],
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
}))
