import {existsSync} from 'node:fs'
import {basename, join} from 'node:path'
import type {Row} from '../../experiment/row.ts'
import {megabyte, textOf} from '../input-file.ts'
import {UserError} from '../user-error.ts'
import {type Disk, draftOf, realDisk, replaceFile, syncFolder, told} from './disk.ts'
import {Journal} from './journal.ts'
import {Lock} from './lock.ts'
import {type Manifest, manifestIn, manifestText} from './manifest.ts'

export const names = {manifest: 'sweep.json', journal: 'journal.ndjson', lock: 'lock'} as const
/** What is written at the end. */
export const outputs = ['rows.csv', 'rows.ndjson', 'rows.parquet', 'heat-map.html'] as const

/**
 * The folder of a sweep: what was asked, and a row for each cell that is done. One process at a time has it open. It may be killed
 * at any moment: whoever opens the folder next finds all rows that were there.
 */
export class SweepFolder {
  readonly path: string
  readonly #disk: Disk
  readonly #lock: Lock
  readonly #journal: Journal

  private constructor(path: string, lock: Lock, journal: Journal, disk: Disk) {
    this.path = path
    this.#lock = lock
    this.#journal = journal
    this.#disk = disk
  }

  /** Makes the folder, or goes on with what is there. Throws a UserError where it is not to be had, or is of something else. */
  static open(path: string, manifest: Manifest, disk: Disk = realDisk): SweepFolder {
    if (existsSync(path) && !disk.statSync(path).isDirectory()) throw new UserError(`${path} is no folder`)
    told(`make ${path}`, () => disk.mkdirSync(path, {recursive: true}))
    checkFiles(path, disk)
    const lock = new Lock(join(path, names.lock), disk)
    try {
      renewManifest(path, manifest, disk)
      const journal = new Journal(join(path, names.journal), disk)
      told(`write ${path}`, () => syncFolder(disk, path))
      return new SweepFolder(path, lock, journal, disk)
    } catch (error) {
      lock.release()
      throw error
    }
  }

  /** By address. */
  get rows(): ReadonlyMap<string, Row> {
    return this.#journal.rows
  }

  /** Rows that were damaged, so that their cells are to be run again. */
  get damaged(): number {
    return this.#journal.damaged
  }

  /** Keeps a row; the last one of a cell counts. Throws a UserError if the disk does not take it, and keeps what it has. */
  add(address: string, row: Row): void {
    this.#journal.add(address, row)
  }

  /** Puts a file into the folder, as a whole or not at all. */
  put(name: (typeof outputs)[number], content: string | Uint8Array): void {
    const file = join(this.path, name)
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    told(`write ${file}`, () => replaceFile(this.#disk, file, bytes))
  }

  /** Sees that all rows are on the disk, and lets others in. */
  close(): void {
    try {
      this.#journal.close()
    } finally {
      this.#lock.release()
    }
  }
}

/** What was asked of a folder; undefined if nothing was. Throws a UserError if it cannot be read. */
export function manifestOfFolder(path: string): Manifest | undefined {
  const file = join(path, names.manifest)
  return existsSync(file) ? manifestIn(textOf(file, 64 * megabyte), file) : undefined
}

/** Nothing is written among files of somebody's. */
function checkFiles(path: string, disk: Disk): void {
  const all = [...Object.values(names), ...outputs]
  const ours = new Set([...all, ...all.map(name => basename(draftOf(join(path, name))))])
  const found = told(`read ${path}`, () => disk.readdirSync(path) as string[])
  const other = found.find(name => !ours.has(name) && !name.startsWith(`${names.lock}.`))
  if (other === undefined || found.includes(names.manifest)) return
  throw new UserError(
    `${path} is a folder of something else: it has ${other} in it; --out takes a folder that may be new`,
  )
}

function renewManifest(path: string, manifest: Manifest, disk: Disk): void {
  const file = join(path, names.manifest)
  const old = manifestOfFolder(path)
  if (old !== undefined) checkSame(path, old, manifest)
  const text = manifestText(manifest)
  if (old === undefined || manifestText(old) !== text)
    told(`write ${file}`, () => replaceFile(disk, file, Buffer.from(text)))
}

function checkSame(path: string, old: Manifest, manifest: Manifest): void {
  if (old.version !== manifest.version)
    throw new UserError(`${path} has rows of zdr ${old.version}, and this is ${manifest.version}: choose another --out`)
  const [before, now] = [old.ask.scenario.name, manifest.ask.scenario.name]
  if (before !== now)
    throw new UserError(`${path} has a sweep of ${before}, and this is one of ${now}: choose another --out`)
}
