import fs from 'node:fs'
import {dirname, join} from 'node:path'
import {fileProblem, UserError} from '../user-error.ts'

/** What a sweep asks of a file system; tests have some that fail. */
export type Disk = Pick<
  typeof fs,
  | 'closeSync'
  | 'fdatasyncSync'
  | 'fsyncSync'
  | 'ftruncateSync'
  | 'linkSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readSync'
  | 'readdirSync'
  | 'renameSync'
  | 'rmSync'
  | 'statSync'
  | 'writeSync'
>

export const realDisk: Disk = fs

/** Does something with a file, and tells its user what the file system has against it. */
export function told<T>(doing: string, action: () => T, advice = ''): T {
  try {
    return action()
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`cannot ${doing}: ${fileProblem(error)}${advice}`)
  }
}

/** Writes all bytes; the file system may take them in parts. */
export function writeAll(disk: Disk, file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += disk.writeSync(file, bytes, at)
}

/**
 * Puts a file there as a whole, or leaves what was there before, also if the power goes. One process at a time may: the
 * draft has a name of its own, so that what somebody left who was killed is written over.
 */
export function replaceFile(disk: Disk, path: string, bytes: Uint8Array): void {
  const draft = draftOf(path)
  try {
    const file = disk.openSync(draft, 'w')
    try {
      writeAll(disk, file, bytes)
      disk.fsyncSync(file)
    } finally {
      disk.closeSync(file)
    }
    disk.renameSync(draft, path)
    syncFolder(disk, dirname(path))
  } catch (error) {
    disk.rmSync(draft, {force: true})
    throw error
  }
}

export const draftOf = (path: string): string => join(dirname(path), `.${path.slice(dirname(path).length + 1)}.draft`)

/** What a folder names outlives a loss of power only once the folder itself is on the disk; not every system can. */
export function syncFolder(disk: Disk, folder: string): void {
  if (process.platform === 'win32') return
  const file = disk.openSync(folder, 'r')
  try {
    disk.fsyncSync(file)
  } finally {
    disk.closeSync(file)
  }
}

/** The bytes of a file line by line, without their ends; the last one tells whether it has none. */
export function* linesOf(disk: Disk, file: number): Generator<{readonly bytes: Buffer; readonly isWhole: boolean}> {
  const part = Buffer.alloc(2 ** 20)
  let rest: Buffer[] = []
  for (let size = disk.readSync(file, part); size > 0; size = disk.readSync(file, part)) {
    let from = 0
    for (let end = part.subarray(0, size).indexOf(10); end !== -1; end = part.subarray(0, size).indexOf(10, from)) {
      yield {bytes: Buffer.concat([...rest, part.subarray(from, end)]), isWhole: true}
      rest = []
      from = end + 1
    }
    rest.push(Buffer.from(part.subarray(from, size)))
  }
  const bytes = Buffer.concat(rest)
  if (bytes.length > 0) yield {bytes, isWhole: false}
}
