import {execFileSync, spawnSync} from 'node:child_process'
import {existsSync, mkdirSync} from 'node:fs'
import {join} from 'node:path'
import type {Measured} from './measure.ts'

/** Another simulator on a model of ours: what runs it, or undefined where it is not installed. */
export interface Other {
  readonly name: string
  run(words: readonly string[]): Measured | undefined
}

const folder = 'bench/others'

/** Debian's Python, for a `python3` that comes first in the path need not have its packages. */
const python = ['/usr/bin/python3', 'python3'].find(it => spawnSync(it, ['-c', 'import SimPy']).status === 0)

const simpy: Other = {
  name: 'SimPy 2',
  run: ([model, ...words]) =>
    python === undefined ? undefined : measuredBy(python, [join(folder, `simpy_${model}.py`), ...words]),
}

const simjs: Other = {
  name: 'SIM.JS',
  run: words => measuredBy(process.execPath, [process.argv[1]!, '--one', `simjs-${words[0]}`, ...words.slice(1)]),
}

const ns3: Other = {
  name: 'ns-3',
  run([model, ...words]) {
    const library = model === 'hold' ? ns3Library() : undefined
    return library === undefined ? undefined : measuredBy(built(`ns3_${model}`, library), words)
  },
}

export const others: readonly Other[] = [simpy, simjs, ns3]

const measuredBy = (program: string, words: readonly string[]): Measured =>
  JSON.parse(execFileSync(program, words, {encoding: 'utf8'}))

/** What pkg-config calls the core of the ns-3 that is installed, of whatever version. */
function ns3Library(): string | undefined {
  const {stdout} = spawnSync('pkg-config', ['--list-package-names'], {encoding: 'utf8'})
  return stdout?.split('\n').find(name => /^(lib)?ns3.*-core$/.test(name))
}

function built(name: string, library: string): string {
  const binary = join(folder, 'bin', name)
  if (existsSync(binary)) return binary
  mkdirSync(join(folder, 'bin'), {recursive: true})
  const flags = execFileSync('pkg-config', ['--cflags', '--libs', library], {encoding: 'utf8'}).trim().split(/\s+/)
  execFileSync('g++', ['-O2', '-std=c++20', '-o', binary, join(folder, `${name}.cc`), ...flags], {stdio: 'inherit'})
  return binary
}
