import {accessSync, constants, existsSync, realpathSync, rmSync, statSync} from 'node:fs'
import {rename, writeFile} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'
import {promisify} from 'node:util'
import {gzip} from 'node:zlib'
import {fileProblem, UserError} from './user-error.ts'

/** A file that is to be written at the end: what stands against it is said now, before a long run. */
export class OutputFile {
  readonly path: string
  readonly #target: string

  constructor(path: string) {
    this.path = path
    this.#target = existsSync(path) ? realpathSync(path) : path
    this.#try(() => {
      if (existsSync(this.#target)) this.#checkOld()
      this.#checkFolder(dirname(this.#target))
    })
  }

  /** Writes all of it, packed if the name ends in `.gz`, or leaves what was there before. */
  async write(text: string): Promise<void> {
    const data = this.path.endsWith('.gz') ? await promisify(gzip)(text) : text
    const draft = join(dirname(this.#target), `.${basename(this.#target)}.${process.pid}.tmp`)
    const release = removeOnSignal(draft)
    try {
      await writeFile(draft, data, {flag: 'wx'})
      await rename(draft, this.#target)
    } catch (error) {
      rmSync(draft, {force: true})
      throw this.#explained(error)
    } finally {
      release()
    }
  }

  #checkOld(): void {
    const old = statSync(this.#target)
    if (old.isDirectory()) throw new UserError(`cannot write ${this.path}: is a folder`)
    if (!old.isFile()) throw new UserError(`cannot write ${this.path}: is there already and is no ordinary file`)
    accessSync(this.#target, constants.W_OK)
  }

  #checkFolder(folder: string): void {
    if (!statSync(folder).isDirectory()) throw new UserError(`cannot write ${this.path}: ${folder} is not a folder`)
    accessSync(folder, constants.W_OK | constants.X_OK)
  }

  #try(action: () => void): void {
    try {
      action()
    } catch (error) {
      throw this.#explained(error)
    }
  }

  #explained(error: unknown): Error {
    if (error instanceof UserError) return error
    return new UserError(`cannot write ${this.path}: ${fileProblem(error)}`)
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Until it is called off, a signal removes the file and then does what it would have done. */
function removeOnSignal(file: string): () => void {
  const listener = (signal: NodeJS.Signals) => {
    rmSync(file, {force: true})
    callOff()
    process.kill(process.pid, signal)
  }
  const callOff = () => {
    for (const signal of signals) process.off(signal, listener)
  }
  for (const signal of signals) process.on(signal, listener)
  return callOff
}
