import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {cpus, loadavg, tmpdir} from 'node:os'
import {join} from 'node:path'
import {median} from '../measure.ts'

const results = 'bench/results'
const usage = `npm run bench:sweep                  measure a sweep with one thread and with two, in turn
npm run bench:sweep -- --rounds 9    as often (3 unless told)`

const bar = 1.8
/** Some fifth of a second each, sixty seeds of eight drains: so many that the start of the threads is a small part. */
const sweep = [
  ...['sweep', 'edge-release', '--replications', '60'],
  ...['--vary', 'release.edge.options.drainTimeout=5m..20m:8'],
]
const runs = 480

function main(words: readonly string[]): void {
  if (words.includes('--help')) return console.log(usage)
  const at = words.indexOf('--rounds')
  const rounds = at < 0 ? 3 : Number(words[at + 1])
  const measured = Array.from({length: rounds}, () => {
    process.stderr.write('.')
    return {one: secondsOf(1), two: secondsOf(2)}
  })
  const ratios = measured.map(({one, two}) => one / two)
  const [middle, least, greatest] = [median(ratios), Math.min(...ratios), Math.max(...ratios)]
  const verdict = middle >= bar ? 'met' : 'NOT MET'
  console.log(
    `\nsweep of ${runs} runs, one thread over two: ${middle.toFixed(2)} (${least.toFixed(2)}-${greatest.toFixed(2)}) >= ${bar} ${verdict}`,
  )
  console.log(
    `one thread ${median(measured.map(({one}) => one)).toFixed(1)} s, two ${median(measured.map(({two}) => two)).toFixed(1)} s`,
  )
  if (loadavg()[0]! > cpus().length + 1) console.log(`The machine is busy (load ${loadavg()[0]}): measure again.`)
  write({rounds, measured, ratio: {median: middle, least, greatest}})
}

/** By the clock, from the start of the process to its end, in a new folder. */
function secondsOf(threads: number): number {
  const out = mkdtempSync(join(tmpdir(), 'zdr-bench-'))
  try {
    const start = performance.now()
    const {status, stderr} = spawnSync(process.execPath, [
      'dist/cli.js',
      ...sweep,
      '--threads',
      `${threads}`,
      '--out',
      out,
    ])
    if (status !== 0) throw new Error(String(stderr))
    return (performance.now() - start) / 1e3
  } finally {
    rmSync(out, {recursive: true, force: true})
  }
}

function write(all: object): void {
  mkdirSync(results, {recursive: true})
  const machine = {node: process.version, cores: cpus().length, load: loadavg()[0]}
  writeFileSync(`${results}/sweep.json`, `${JSON.stringify({machine, ...all}, undefined, 2)}\n`)
}

main(process.argv.slice(2))
