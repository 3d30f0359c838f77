import {readFileSync} from 'node:fs'
import {hostname} from 'node:os'
import {UserError} from '../user-error.ts'
import {type Disk, realDisk, told, writeAll} from './disk.ts'

/** Who holds a lock. */
interface Holder {
  readonly pid: number
  readonly host: string
  /** Tells a process from a later one of the same number: the boot of its machine, and the tick of its start; empty where nobody knows. */
  readonly life: string
}

const pulse = 10_000
/** A holder on another machine that has not been heard of for so long is gone. */
const patience = 6 * pulse

/** The right to write in a folder, which one process has at a time. */
export class Lock {
  readonly #path: string
  readonly #disk: Disk
  readonly #text: string
  readonly #timer: NodeJS.Timeout

  /** Throws a UserError that says who has it. */
  constructor(path: string, disk: Disk = realDisk) {
    this.#path = path
    this.#disk = disk
    this.#text = `${JSON.stringify(me())}\n`
    told(`lock ${path}`, () => this.#take())
    this.#timer = setInterval(() => this.#touch(), pulse).unref()
  }

  release(): void {
    clearInterval(this.#timer)
    if (textIn(this.#path) !== this.#text) return
    try {
      this.#disk.rmSync(this.#path, {force: true})
    } catch {
      // On a disk that takes nothing any more it stays, and is nobody's as soon as this process has ended.
    }
  }

  /** The lock comes whole or not at all: a draft of it is given its name, which only one can have. */
  #take(): void {
    const draft = `${this.#path}.${hostname()}.${process.pid}`
    try {
      writeNew(this.#disk, draft, this.#text)
      while (!this.#linked(draft)) this.#removeStale(draft)
    } finally {
      this.#disk.rmSync(draft, {force: true})
    }
  }

  #linked(draft: string): boolean {
    try {
      this.#disk.linkSync(draft, this.#path)
      return true
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false
      throw error
    }
  }

  /** What is taken away is looked at again: somebody else may have done the same, and locked the folder since. */
  #removeStale(draft: string): void {
    const text = textIn(this.#path)
    if (text === undefined) return
    this.#checkStale(text, draft)
    const away = `${draft}.stale`
    try {
      this.#disk.renameSync(this.#path, away)
      if (textIn(away) !== text) this.#disk.linkSync(away, this.#path)
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error
    } finally {
      this.#disk.rmSync(away, {force: true})
    }
  }

  #checkStale(text: string, draft: string): void {
    const holder = holderIn(text)
    if (holder === undefined) return
    const isAlive = holder.host === hostname() ? lives(holder) : this.#silence(draft) < patience
    if (!isAlive) return
    const where = holder.host === hostname() ? '' : ` on ${holder.host}`
    throw new UserError(`another zdr works in this folder: process ${holder.pid}${where}, as ${this.#path} says`)
  }

  /** For how long the lock was not touched, in milliseconds by the clock of the file system. */
  #silence(draft: string): number {
    try {
      return this.#disk.statSync(draft).mtimeMs - this.#disk.statSync(this.#path).mtimeMs
    } catch {
      return Number.POSITIVE_INFINITY
    }
  }

  #touch(): void {
    try {
      const file = this.#disk.openSync(this.#path, 'r+')
      writeAll(this.#disk, file, Buffer.from(this.#text))
      this.#disk.closeSync(file)
    } catch {
      // A disk that is full or gone shows at the next row.
    }
  }
}

const me = (): Holder => ({pid: process.pid, host: hostname(), life: lifeOf(process.pid) ?? ''})

function writeNew(disk: Disk, path: string, text: string): void {
  const file = disk.openSync(path, 'w')
  try {
    writeAll(disk, file, Buffer.from(text))
  } finally {
    disk.closeSync(file)
  }
}

function lives({pid, life}: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // One of another user's is alive, and may not be asked.
    return codeOf(error) === 'EPERM'
  }
  return life === '' || lifeOf(pid) === life
}

/** Where the system tells (proc_pid_stat(5), field 22). */
function lifeOf(pid: number): string | undefined {
  const stat = textIn(`/proc/${pid}/stat`)
  const boot = textIn('/proc/sys/kernel/random/boot_id')?.trim()
  const start = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  return boot === undefined || start === undefined ? undefined : `${boot} ${start}`
}

/** What no process wrote is nobody's. */
function holderIn(text: string): Holder | undefined {
  try {
    const {pid, host, life} = JSON.parse(text)
    const isHolder = Number.isSafeInteger(pid) && pid > 0 && typeof host === 'string' && typeof life === 'string'
    return isHolder ? {pid, host, life} : undefined
  } catch {
    return undefined
  }
}

function textIn(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)
