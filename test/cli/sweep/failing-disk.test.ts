import {spawnSync} from 'node:child_process'
import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import fc from 'fast-check'
import {describe, expect, onTestFinished, test} from 'vitest'
import {realDisk} from '../../../sim/cli/sweep/disk.ts'
import {SweepFolder} from '../../../sim/cli/sweep/folder.ts'
import {Journal} from '../../../sim/cli/sweep/journal.ts'
import {manifestOf} from '../../../sim/cli/sweep/manifest.ts'
import {UserError} from '../../../sim/cli/user-error.ts'
import {folderWith} from '../command.ts'
import {allProblems, failingDisk} from './failing-disk.ts'
import {address, row} from './folders.ts'
import {ask} from './outcomes.ts'

const cells = [0, 1, 2, 3, 4, 5]
const table = 'one,two\n'.repeat(50)

/** Does a small sweep's work: the rows that are lacking, then a table. Tells which rows were taken. */
function work(path: string, disk = realDisk, taken: string[] = []): void {
  const folder = SweepFolder.open(path, manifestOf(ask), disk)
  try {
    for (const key of cells.map(address).filter(it => !folder.rows.has(it))) {
      folder.add(key, row(cells.findIndex(it => address(it) === key)))
      taken.push(key)
    }
    folder.put('rows.csv', table)
  } finally {
    folder.close()
  }
}

const contents = (path: string) =>
  Object.fromEntries(readdirSync(path).map(name => [name, readFileSync(`${path}/${name}`, 'utf8')]))

const whole = () => {
  const path = `${folderWith()}/sweep`
  work(path)
  return contents(path)
}

describe('a disk that takes no more', () => {
  test('at any change leaves all that was taken and nothing half-written, with a message; and the work goes on', () => {
    const wanted = whole()
    const folder = folderWith()
    let runs = 0
    fc.assert(
      fc.property(fc.nat(140), fc.constantFrom(...allProblems), (changes, problem) => {
        const path = `${folder}/${runs++}`
        const taken: string[] = []
        const failure = caught(() => work(path, failingDisk(changes, problem), taken))
        if (failure !== undefined) {
          expect(failure).toBeInstanceOf(UserError)
          expect((failure as Error).message).toMatch(
            /^cannot (make|lock|open|read|write) .*: (no space left|the file system is read-only|no permission|the disk quota is used up|the disk fails)/,
          )
        }
        if (existsSync(`${path}/rows.csv`)) expect(readFileSync(`${path}/rows.csv`, 'utf8')).toBe(table)
        if (existsSync(`${path}/journal.ndjson`)) {
          const journal = new Journal(`${path}/journal.ndjson`)
          journal.close()
          expect(journal.damaged).toBe(0)
          for (const key of taken) expect(journal.rows.has(key)).toBe(true)
        }
        work(path)
        expect(contents(path)).toEqual(wanted)
      }),
      {numRuns: 80},
    )
  })

  test('again and again is overcome by as many attempts', () => {
    const wanted = whole()
    const path = `${folderWith()}/sweep`
    for (
      let changes = 1;
      changes < 90 && caught(() => work(path, failingDisk(changes, 'ENOSPC'))) !== undefined;
      changes += 7
    );
    expect(contents(path)).toEqual(wanted)
  })

  const canMount = () => {
    const folder = folderWith()
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', folder]).status !== 0) return undefined
    onTestFinished(() => void spawnSync('umount', [folder]))
    return folder
  }
  test('in truth, where a small disk can be made, is told as full, and goes on once there is room', ({skip}) => {
    const disk = canMount()
    if (disk === undefined) return skip('only root can make a disk')
    writeFileSync(`${disk}/room`, 'x'.repeat(4096))
    mkdirSync(`${disk}/sweep`)
    const path = `${disk}/sweep`
    const fill = (count: number) => {
      const folder = SweepFolder.open(path, manifestOf(ask))
      try {
        for (let i = 0; i < count; i++) if (!folder.rows.has(address(i))) folder.add(address(i), row(i))
      } finally {
        folder.close()
      }
    }
    expect(() => fill(1_000)).toThrow(
      /journal\.ndjson: no space left\nwhat was done is kept; the same command goes on from there/,
    )
    const kept = new Journal(`${path}/journal.ndjson`)
    kept.close()
    expect([kept.rows.size > 5, kept.damaged]).toEqual([true, 0])
    spawnSync('rm', [`${disk}/room`])
    fill(kept.rows.size + 3)
  })
})

function caught(action: () => void): unknown {
  try {
    action()
    return undefined
  } catch (error) {
    return error
  }
}
