import {spawn} from 'node:child_process'
import {readdirSync, readFileSync} from 'node:fs'
import {setTimeout} from 'node:timers/promises'
import {onTestFinished} from 'vitest'
import {built} from '../command.ts'

export interface End {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A zdr that goes on while a test does something to it. */
export class Running {
  readonly ended: Promise<End>
  #stdout = ''
  #stderr = ''
  readonly #child

  /** `node` are options of Node itself. */
  constructor(folder: string, words: readonly string[], {node = [], env = {}, cli = built}: Circumstances = {}) {
    const child = spawn(process.execPath, [...node, cli, ...words], {cwd: folder, env: {...process.env, ...env}})
    this.#child = child
    child.stdout.on('data', part => (this.#stdout += part))
    child.stderr.on('data', part => (this.#stderr += part))
    this.ended = new Promise(resolve => {
      child.on('close', (code, signal) => resolve({code, signal, stdout: this.#stdout, stderr: this.#stderr}))
    })
    onTestFinished(async () => {
      child.kill('SIGKILL')
      await this.ended
    })
  }

  kill(signal: NodeJS.Signals): Promise<End> {
    this.#child.kill(signal)
    return this.ended
  }

  /** Waits until it has said something on standard error. Throws an Error if it ends before. */
  async says(what: string): Promise<void> {
    await awaited(() => this.#stderr.includes(what) || this.#hasEnded)
    if (!this.#stderr.includes(what)) throw new Error(`it ended without saying '${what}', but\n${this.#stderr}`)
  }

  get #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }
}

export interface Circumstances {
  readonly node?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** Another zdr than the one that was built. */
  readonly cli?: string
}

export async function awaited(holds: () => boolean): Promise<void> {
  while (!holds()) await setTimeout(5)
}

/** Rows that a sweep has kept. */
export function rowsIn(folder: string): readonly {readonly address: string}[] {
  try {
    const lines = readFileSync(`${folder}/journal.ndjson`, 'utf8').split('\n').slice(0, -1)
    return lines.map(line => JSON.parse(line))
  } catch {
    return []
  }
}

/** All that a sweep wrote, but for the order in which rows came. */
export const contents = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter(name => name !== 'journal.ndjson')
      .map(name => [name, readFileSync(`${folder}/${name}`, 'latin1')]),
  )
