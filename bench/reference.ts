import {execFileSync, spawnSync} from 'node:child_process'
import {existsSync, mkdirSync, readdirSync, statSync} from 'node:fs'
import {join} from 'node:path'
import type {Measured} from './measure.ts'

const sources = 'bench/reference'
const binaries = join(sources, 'bin')

/** Builds what is older than its sources, with -O2. False if there is no g++ that knows C++20. */
export function buildReferences(names: readonly string[]): boolean {
  if (spawnSync('g++', ['-std=c++20', '--version']).status !== 0) return false
  mkdirSync(binaries, {recursive: true})
  const newest = Math.max(...readdirSync(sources).map(file => changed(join(sources, file))))
  for (const name of names) {
    const binary = join(binaries, name)
    if (existsSync(binary) && changed(binary) > newest) continue
    execFileSync('g++', ['-O2', '-std=c++20', '-o', binary, join(sources, `${name}.cpp`)], {stdio: 'inherit'})
  }
  return true
}

/** Directories do not count: the binaries are in one. */
function changed(path: string): number {
  const status = statSync(path)
  return status.isFile() ? status.mtimeMs : 0
}

export function runReference([name, ...words]: readonly string[]): Measured {
  return JSON.parse(execFileSync(join(binaries, name!), words, {encoding: 'utf8'}))
}
