import {defineConfig} from 'vitest/config'

/** Everything that is not our own code stays an import, so that the package's dependencies are the ones it runs on. */
const external = (id: string) => !id.startsWith('.') && !id.startsWith('/') && !id.startsWith('\0')

/** `--mode library` builds the library and the command line; `--mode bench` the benchmarks; tests need no build. */
const entries: Record<string, {entry: Record<string, string>; outDir: string}> = {
  library: {entry: {index: 'sim/index.ts', cli: 'sim/cli/main.ts'}, outDir: 'dist'},
  bench: {entry: {bench: 'bench/main.ts'}, outDir: 'dist/bench'},
}

export default defineConfig(({mode}) => {
  const {entry, outDir} = entries[mode] ?? entries.library!
  return {
    build: {
      ssr: true,
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
