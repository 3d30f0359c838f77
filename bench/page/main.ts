import {mkdirSync, writeFileSync} from 'node:fs'
import {cpus, loadavg} from 'node:os'
import {median} from '../measure.ts'
import {type Case, cases} from './cases.ts'
import {Stage} from './stage.ts'

const results = 'bench/results'
const usage = `npm run bench:page                        measure the page in Chromium
npm run bench:page -- seek play           measure the cases whose names begin so
npm run bench:page -- --minutes 10        play so long to see whether memory stays flat (2 unless told)
npm run bench:page -- --rounds 5          as often (3 unless told)`

interface Measured {
  readonly name: string
  readonly unit: string
  readonly bar: string
  readonly median: number
  readonly least: number
  readonly greatest: number
  readonly met: boolean
}

async function main(words: string[]): Promise<void> {
  if (words.includes('--help')) return console.log(usage)
  const rounds = take(words, '--rounds', 3)
  const minutes = take(words, '--minutes', 2)
  const chosen = cases(minutes).filter(({name}) => words.length === 0 || words.some(word => name.startsWith(word)))
  const measured: Measured[] = []
  for (const it of chosen) measured.push(await measure(it, rounds))
  console.log(`\n${table(measured)}\n`)
  if (loadavg()[0]! > cpus().length + 1) console.log(`The machine is busy (load ${loadavg()[0]}): measure again.`)
  mkdirSync(results, {recursive: true})
  const machine = {node: process.version, cores: cpus().length, load: loadavg()[0]}
  writeFileSync(`${results}/page.json`, `${JSON.stringify({rounds, machine, results: measured}, undefined, 2)}\n`)
}

/** The number behind an option, which is taken out of the words. */
function take(words: string[], option: string, otherwise: number): number {
  const at = words.indexOf(option)
  return at < 0 ? otherwise : Number(words.splice(at, 2)[1])
}

/** Each round in a browser of its own. */
async function measure({name, unit, most, least, once, run}: Case, rounds: number): Promise<Measured> {
  process.stderr.write(`${name} `)
  const values: number[] = []
  for (let i = 0; i < (once === true ? 1 : rounds); i++) {
    const stage = await Stage.open()
    try {
      values.push(await run(stage))
    } finally {
      await stage.close()
    }
    process.stderr.write('.')
  }
  process.stderr.write('\n')
  const middle = median(values)
  return {
    ...{name, unit, median: middle, least: Math.min(...values), greatest: Math.max(...values)},
    bar: most === undefined ? `>= ${least}` : `<= ${most}`,
    met: middle <= (most ?? Infinity) && middle >= (least ?? -Infinity),
  }
}

function table(all: readonly Measured[]): string {
  const number = (value: number) => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)
  const lines = all.map(({name, unit, median: middle, least, greatest, bar, met}) => [
    ...[name, number(middle), unit, `${number(least)}-${number(greatest)}`, bar, met ? 'met' : 'NOT MET'],
  ])
  const head = ['case', 'median', '', 'spread', 'bar', '']
  const widths = head.map((_, i) => Math.max(...[head, ...lines].map(cells => cells[i]!.length)))
  return [head, ...lines]
    .map(cells =>
      cells
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

await main(process.argv.slice(2))
