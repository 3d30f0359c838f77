import {chmodSync} from 'node:fs'
import {isBuiltin} from 'node:module'
import {defineConfig} from 'vitest/config'

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

/**
 * `--mode library` builds the library and the command line; `--mode bench` the benchmarks. Of the tests only
 * test/cli/command.test.ts needs what is built.
 */
const entries: Record<string, {entry: Record<string, string>; outDir: string}> = {
  library: {
    entry: {index: 'sim/index.ts', cli: 'sim/cli/main.ts', worker: 'sim/cli/reproduction/worker.ts'},
    outDir: 'dist',
  },
  bench: {entry: {bench: 'bench/main.ts'}, outDir: 'dist/bench'},
}

export default defineConfig(({mode}) => {
  const {entry, outDir} = entries[mode] ?? entries.library!
  const isLibrary = mode === 'library'
  return {
    ssr: isLibrary ? {noExternal: true} : {},
    plugins: isLibrary ? [executable('dist/cli.js')] : [],
    build: {
      ssr: true,
      license: isLibrary && {fileName: 'licenses.md'},
      lib: {entry, formats: ['es']},
      outDir,
      target: 'node20',
      minify: false,
      sourcemap: false,
      rollupOptions: {external, output: {entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js'}},
    },
    test: {
      include: ['test/**/*.test.ts'],
      pool: 'forks',
      testTimeout: 120_000,
      hookTimeout: 120_000,
    },
  }
})
