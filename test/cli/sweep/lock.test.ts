import {spawnSync} from 'node:child_process'
import {existsSync, readdirSync, readFileSync, utimesSync, writeFileSync} from 'node:fs'
import {hostname} from 'node:os'
import {expect, test} from 'vitest'
import {Lock} from '../../../sim/cli/sweep/lock.ts'
import {UserError} from '../../../sim/cli/user-error.ts'
import {folderWith} from '../command.ts'

const place = (text?: string) => `${folderWith(text === undefined ? {} : {lock: text})}/lock`
const holder = (parts: object) => JSON.stringify({pid: process.pid, host: hostname(), life: '', ...parts})

test('one at a time has a lock, and the next one when it is given back', () => {
  const path = place()
  const lock = new Lock(path)
  expect(() => new Lock(path)).toThrow(UserError)
  expect(() => new Lock(path)).toThrow(`process ${process.pid}`)
  lock.release()
  new Lock(path).release()
  expect(readdirSync(path.slice(0, -'/lock'.length))).toEqual([])
})

test('a lock of a process that is gone, or that another has the number of by now, is nobody’s', () => {
  const {pid} = spawnSync(process.execPath, ['-e', ''])
  for (const text of [holder({pid}), holder({life: 'another boot 7'}), '', '{', '{"pid":"x"}', 'null']) {
    const path = place(text)
    const lock = new Lock(path)
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({pid: process.pid, host: hostname()})
    lock.release()
    expect(existsSync(path)).toBe(false)
  }
})

test('a lock of another machine holds as long as it is heard of', () => {
  const path = place(holder({host: 'elsewhere', pid: 7}))
  expect(() => new Lock(path)).toThrow('process 7 on elsewhere')
  const before = new Date(Date.now() - 61_000)
  utimesSync(path, before, before)
  new Lock(path).release()
})

test('who lost a lock does not take away that of another', () => {
  const path = place()
  const lock = new Lock(path)
  writeFileSync(path, holder({pid: 1}))
  lock.release()
  expect(existsSync(path)).toBe(true)
})
