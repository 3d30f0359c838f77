import {execFileSync} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import {cpus, loadavg} from 'node:os'
import {type Case, cases, common, foreign, programs} from './cases.ts'
import {type Measured, median} from './measure.ts'
import {others} from './others.ts'
import {buildReferences, runReference} from './reference.ts'
import {type Result, resultOf} from './result.ts'
import {table} from './table.ts'

const results = 'bench/results'
const usage = `npm run bench                  measure everything
npm run bench -- hold mm1      measure the cases whose names begin so
npm run bench -- others        SimPy, SIM.JS and ns-3, where they are installed, on the same models
npm run bench -- --rounds 9    as often (5 unless told)`

/** Each measurement is a process of its own, ours as the reference's, so that none profits from what ran before. */
function main(words: string[]): void {
  if (words[0] === '--one') console.log(JSON.stringify({...programs, ...foreign}[words[1]!]!(...words.slice(2))))
  else if (words.includes('--help')) console.log(usage)
  else compare(words)
}

function compare(words: string[]): void {
  const at = words.indexOf('--rounds')
  const rounds = at < 0 ? 5 : Number(words.splice(at, 2)[1])
  const chosen = cases.filter(({name}) => words.length === 0 || words.some(word => name.startsWith(word)))
  const native = buildReferences(Object.keys(programs))
  if (!native) console.log('There is no g++ that knows C++20, so there is nothing to compare with.\n')
  const measured = chosen.map(one => compareOne(one, rounds, native))
  console.log(`\n${table(measured)}\n`)
  warn(measured)
  write(measured, rounds)
  if (words.length === 0 || words.includes('others')) for (const model of common) compareOthers(model, rounds)
}

/** Ours over theirs, each in a process of its own, one after the other. */
function compareOthers(model: readonly string[], rounds: number): void {
  const [name, ...words] = model
  const own = name === 'hold' ? ['hold', 'exponential', ...words] : model
  for (const other of others) {
    const ratios = Array.from({length: rounds}, () => {
      const theirs = other.run(model)
      return theirs && runOurs(own).rate / theirs.rate
    }).filter(ratio => ratio !== undefined)
    const times = (ratio: number) => ratio.toPrecision(3)
    const told =
      ratios.length === 0 ? 'not installed, or has no such model here' : `${times(median(ratios))} times as fast`
    const spread = ratios.length === 0 ? '' : ` (${times(Math.min(...ratios))}-${times(Math.max(...ratios))})`
    console.log(`${model.join(' ').padEnd(14)} than ${other.name.padEnd(7)} ${told}${spread}`)
  }
}

function compareOne({name, words, bar}: Case, rounds: number, native: boolean): Result {
  process.stderr.write(`${name} `)
  const measured = Array.from({length: rounds}, () => {
    process.stderr.write('.')
    return {...(native && {reference: runReference(words)}), ours: runOurs(words)}
  })
  process.stderr.write('\n')
  return resultOf(name, bar, measured)
}

function runOurs(words: readonly string[]): Measured {
  return JSON.parse(execFileSync(process.execPath, [process.argv[1]!, '--one', ...words], {encoding: 'utf8'}))
}

function warn(measured: readonly Result[]): void {
  for (const {name} of measured.filter(({same}) => same === false))
    console.log(`${name}: the two programs did not do the same, so the ratio means nothing`)
  if (loadavg()[0]! > cpus().length) console.log(`The machine is busy (load ${loadavg()[0]}): measure again.`)
}

function write(measured: readonly Result[], rounds: number): void {
  mkdirSync(results, {recursive: true})
  const path = `${results}/engine.json`
  const machine = {node: process.version, cores: cpus().length, load: loadavg()[0]}
  writeFileSync(path, `${JSON.stringify({rounds, machine, results: measured}, undefined, 2)}\n`)
  console.log(`written to ${path}`)
}

main(process.argv.slice(2))
