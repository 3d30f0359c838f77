import fs from 'node:fs'
import type {Disk} from '../../../sim/cli/sweep/disk.ts'

const problems = ['ENOSPC', 'EROFS', 'EACCES', 'EDQUOT', 'EIO'] as const
export type Problem = (typeof problems)[number]
export const allProblems: readonly Problem[] = problems

const refused = (problem: Problem) => Object.assign(new Error(`${problem}: made up`), {code: problem})

/**
 * A disk that takes so many changes and no more; of the first that it refuses, if that is a write, it takes a part. What is
 * there can be read and removed.
 */
export function failingDisk(changes: number, problem: Problem): Disk {
  let left = changes
  const spend = () => {
    if (left-- <= 0) throw refused(problem)
  }
  return {
    ...fs,
    openSync(path: string, flags: string) {
      if (flags !== 'r') spend()
      return fs.openSync(path, flags)
    },
    writeSync(file: number, bytes: Uint8Array, offset: number) {
      if (left === 0) fs.writeSync(file, bytes, offset, Math.floor((bytes.length - offset) / 2))
      spend()
      // A disk may take a write in parts.
      return fs.writeSync(file, bytes, offset, Math.ceil((bytes.length - offset) / 2))
    },
    ...changing('renameSync', spend),
    ...changing('linkSync', spend),
    ...changing('fsyncSync', spend),
    ...changing('fdatasyncSync', spend),
    ...changing('ftruncateSync', spend),
    ...changing('mkdirSync', spend),
  } as unknown as Disk
}

const changing = (name: keyof Disk, spend: () => void) => ({
  [name]: (...words: readonly unknown[]) => {
    spend()
    return (fs[name] as (...words: readonly unknown[]) => unknown)(...words)
  },
})
