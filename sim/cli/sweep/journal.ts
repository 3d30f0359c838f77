import {crc32} from 'node:zlib'
import type {Row} from '../../experiment/row.ts'
import {type Disk, linesOf, realDisk, told, writeAll} from './disk.ts'

/** So many rows, or rows of so many milliseconds, may be lost if the power goes; none if only the process ends. */
const batch = {rows: 256, time: 1_000}

/**
 * The rows of a sweep in a file, one line each, in the order in which they came. Lines are only ever added. A line has the
 * address of its cell and a checksum: what was torn off at the end is taken away, and what is damaged counts as not there.
 */
export class Journal {
  /** Of several rows of a cell the last. */
  readonly rows: ReadonlyMap<string, Row>
  /** Lines that are not what somebody wrote. */
  readonly damaged: number
  readonly #path: string
  readonly #disk: Disk
  readonly #file: number
  #length: number
  #unsynced = 0
  #syncedAt = performance.now()

  /** Opens a file to add to it, which is made if there is none. Throws a UserError. */
  constructor(path: string, disk: Disk = realDisk) {
    this.#path = path
    this.#disk = disk
    this.#file = told(`open ${path}`, () => disk.openSync(path, 'a+'))
    const found = told(`read ${path}`, () => rowsIn(disk, this.#file))
    this.rows = found.rows
    this.damaged = found.damaged
    this.#length = found.length
    told(`write ${path}`, () => disk.ftruncateSync(this.#file, found.length))
  }

  /** Adds a row. Throws a UserError if there is no room for it; the rows before it stay. */
  add(address: string, row: Row): void {
    const line = Buffer.from(`${lineOf(address, row)}\n`)
    try {
      told(`write ${this.#path}`, () => writeAll(this.#disk, this.#file, line), kept)
    } catch (error) {
      this.#takeBack()
      throw error
    }
    this.#length += line.length
    ;(this.rows as Map<string, Row>).set(address, row)
    this.#unsynced++
    if (this.#unsynced >= batch.rows || performance.now() - this.#syncedAt >= batch.time) this.sync()
  }

  /** After it a loss of power loses no row. Throws a UserError. */
  sync(): void {
    if (this.#unsynced > 0) told(`write ${this.#path}`, () => this.#disk.fdatasyncSync(this.#file), kept)
    this.#unsynced = 0
    this.#syncedAt = performance.now()
  }

  close(): void {
    try {
      this.sync()
    } finally {
      this.#disk.closeSync(this.#file)
    }
  }

  /** Where even that fails, the next one who opens it does it. */
  #takeBack(): void {
    try {
      this.#disk.ftruncateSync(this.#file, this.#length)
    } catch {}
  }
}

const kept = '\nwhat was done is kept; the same command goes on from there'

/** The rows of a file that nobody adds to. Throws a UserError. */
export function readJournal(path: string, disk: Disk = realDisk): ReadonlyMap<string, Row> {
  return told(`read ${path}`, () => {
    const file = disk.openSync(path, 'r')
    try {
      return rowsIn(disk, file).rows
    } finally {
      disk.closeSync(file)
    }
  })
}

/** `length` is that of all whole lines. */
function rowsIn(disk: Disk, file: number): {rows: Map<string, Row>; damaged: number; length: number} {
  const rows = new Map<string, Row>()
  let [damaged, length] = [0, 0]
  for (const {bytes, isWhole} of linesOf(disk, file)) {
    if (!isWhole) break
    length += bytes.length + 1
    const entry = entryOf(bytes.toString())
    if (entry === undefined) damaged++
    else rows.set(...entry)
  }
  return {rows, damaged, length}
}

function lineOf(address: string, row: Row): string {
  const text = JSON.stringify(row)
  return `{"address":"${address}","crc32":"${checksum(address, text)}","row":${text}}`
}

const form = /^\{"address":"([\da-f]{64})","crc32":"([\da-f]{8})","row":(\{.*\})\}$/

function entryOf(line: string): [address: string, row: Row] | undefined {
  const [, address, sum, text] = form.exec(line) ?? []
  if (address === undefined || text === undefined || checksum(address, text) !== sum) return undefined
  return [address, JSON.parse(text)]
}

const checksum = (address: string, text: string): string =>
  crc32(address + text)
    .toString(16)
    .padStart(8, '0')
