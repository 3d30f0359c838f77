import {execFileSync} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import {cpus, loadavg} from 'node:os'
import {linearRegression} from 'simple-statistics'
import {run} from '../../sim/run.ts'
import {parseScenario} from '../../sim/scenario/parse.ts'
import {known} from '../../sim/strategies/index.ts'
import {engine} from '../engine.ts'
import {median} from '../measure.ts'
import {fleetOf, requestsOf} from './scenarios.ts'

const results = 'bench/results'
const usage = `npm run bench:size                    what a connection costs in memory and time, 10^4 to 10^6 of them
npm run bench:size -- --large         and 10^7
npm run bench:size -- --rounds 5      as often (3 unless told)
npm run bench:size -- --requests      and requests that nothing happens to, at 10^3, 10^4 and 10^5 a second`

const sizes = [10_000, 100_000, 1_000_000]
const bars = {bytes: 250, share: 0.5}

/** What one run took. */
interface Cost {
  readonly events: number
  readonly crowd: number
  /** Of processor time. */
  readonly seconds: number
  /** The most memory that the process had, in bytes. */
  readonly memory: number
}

/** Each run is a process of its own. */
function main(words: string[]): void {
  if (words[0] === '--one') return console.log(JSON.stringify(costOf(words[1]!, Number(words[2]))))
  if (words[0] === '--engine') return console.log(JSON.stringify(engine(words[1]!)))
  if (words.includes('--help')) return console.log(usage)
  const at = words.indexOf('--rounds')
  const rounds = at < 0 ? 3 : Number(words[at + 1])
  const found = connections(words.includes('--large') ? [...sizes, 10_000_000] : sizes, rounds)
  if (words.includes('--requests')) requests(rounds)
  if (loadavg()[0]! > cpus().length) console.log(`\nThe machine is busy (load ${loadavg()[0]}): measure again.`)
  mkdirSync(results, {recursive: true})
  const machine = {node: process.version, cores: cpus().length, load: loadavg()[0]}
  writeFileSync(`${results}/size.json`, `${JSON.stringify({rounds, machine, results: found}, undefined, 2)}\n`)
}

function costOf(what: string, count: number): Cost {
  const text = what === 'connections' ? fleetOf(count) : requestsOf(count)
  const parsed = parseScenario(text, {file: what, name: what, strategies: known})
  if (!('scenario' in parsed)) throw new Error(JSON.stringify(parsed.errors))
  const before = process.cpuUsage()
  const {engine: did} = run(parsed.scenario).report
  const {user, system} = process.cpuUsage(before)
  return {...did, seconds: (user + system) / 1e6, memory: process.resourceUsage().maxRSS * 1024}
}

const asked = (...words: string[]) =>
  JSON.parse(execFileSync(process.execPath, [process.argv[1]!, ...words], {encoding: 'utf8'}))

function connections(counts: readonly number[], rounds: number) {
  const times = Array.from({length: rounds}, (_, i) => i)
  const empty = median(times.map((): number => (asked('--one', 'connections', '1') as Cost).memory))
  console.log('connections  bytes each  events  events/s  bare engine/s  share')
  const found = counts.map(count => {
    const runs = times.map((): Cost => asked('--one', 'connections', String(count)))
    const bare = times.map((): number => asked('--engine', String(count)).rate)
    const rates = runs.map(({events, seconds}) => events / seconds)
    const bytes = (median(runs.map(({memory}) => memory)) - empty) / count
    const share = median(rates.map((rate, i) => rate / bare[i]!))
    const told = [
      count,
      bytes.toFixed(0),
      runs[0]!.events,
      median(rates).toFixed(0),
      median(bare).toFixed(0),
      share.toFixed(2),
    ]
    console.log(told.map((cell, i) => String(cell).padStart([11, 10, 10, 8, 13, 5][i]!)).join('  '))
    return {count, bytes, events: runs[0]!.events, seconds: median(runs.map(({seconds}) => seconds)), rates, share}
  })
  const million = found.find(({count}) => count === 1_000_000)!
  const verdict = (met: boolean) => (met ? 'met' : 'NOT MET')
  console.log(
    `\nbytes of one among a million: ${million.bytes.toFixed(0)} <= ${bars.bytes} ${verdict(million.bytes <= bars.bytes)}`,
  )
  console.log(
    `its events over those of the bare engine: ${million.share.toFixed(2)} >= ${bars.share} ${verdict(million.share >= bars.share)}`,
  )
  console.log(`time grows as connections to the power of ${slope(found).toFixed(2)}`)
  return found
}

/** Of the line through the logarithms of sizes and times; 1 is linear. */
const slope = (points: readonly {readonly count: number; readonly seconds: number}[]): number =>
  linearRegression(points.map(({count, seconds}) => [Math.log(count), Math.log(seconds)])).m

function requests(rounds: number): void {
  console.log('\nrequests/s  requests  of them in a crowd  seconds  µs each')
  for (const rate of [1_000, 10_000, 100_000]) {
    const runs = Array.from(
      {length: rate === 100_000 ? 1 : rounds},
      (): Cost => asked('--one', 'requests', String(rate)),
    )
    const seconds = median(runs.map(cost => cost.seconds))
    const all = rate * 5_400
    const told = [
      rate,
      all,
      `${((100 * runs[0]!.crowd) / all).toFixed(1)} %`,
      seconds.toFixed(1),
      ((seconds * 1e6) / all).toFixed(2),
    ]
    console.log(told.map((cell, i) => String(cell).padStart([10, 9, 18, 7, 7][i]!)).join('  '))
  }
}

main(process.argv.slice(2))
