import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {gunzipSync} from 'node:zlib'
import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {OutputFile} from '../../sim/cli/output-file.ts'
import {UserError} from '../../sim/cli/user-error.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zdr-output-'))
})
afterEach(() => rmSync(folder, {recursive: true}))

test('what is written stands in the file, and nothing else in its folder', async () => {
  await new OutputFile(join(folder, 'run.json')).write('{"a":1}')
  expect(readFileSync(join(folder, 'run.json'), 'utf8')).toBe('{"a":1}')
  expect(readdirSync(folder)).toEqual(['run.json'])
})

test('a name that ends in .gz is packed', async () => {
  await new OutputFile(join(folder, 'run.json.gz')).write('{"a":1}')
  expect(gunzipSync(readFileSync(join(folder, 'run.json.gz'))).toString()).toBe('{"a":1}')
})

test('a link stays a link to the file that is written', async () => {
  writeFileSync(join(folder, 'old.json'), 'old')
  symlinkSync('old.json', join(folder, 'link.json'))
  await new OutputFile(join(folder, 'link.json')).write('new')
  expect(readFileSync(join(folder, 'old.json'), 'utf8')).toBe('new')
})

test('a folder that is not there is told before anything is run', () => {
  expect(() => new OutputFile(join(folder, 'nowhere', 'run.json'))).toThrow(
    /cannot write .*nowhere.*no such file or folder/,
  )
})

test('a folder in the place of the file is told before anything is run', () => {
  mkdirSync(join(folder, 'run.json'))
  expect(() => new OutputFile(join(folder, 'run.json'))).toThrow(/is a folder/)
})

test('a file in the place of the folder is told before anything is run', () => {
  writeFileSync(join(folder, 'file'), '')
  expect(() => new OutputFile(join(folder, 'file', 'run.json'))).toThrow(/not a folder/)
})

test('a device is never replaced by a file', () => {
  symlinkSync('/dev/null', join(folder, 'run.json'))
  expect(() => new OutputFile(join(folder, 'run.json'))).toThrow(/no ordinary file/)
})

test('where writing fails, the old file is as it was and no draft is left', async () => {
  const path = join(folder, 'run.json')
  writeFileSync(path, 'old')
  const file = new OutputFile(path)
  rmSync(path)
  mkdirSync(join(path, 'full'), {recursive: true})
  await expect(file.write('new')).rejects.toThrow(UserError)
  expect(readdirSync(folder)).toEqual(['run.json'])
})

test('an interrupt while it is written removes the draft, and then does what it would have done', async () => {
  const path = join(folder, 'run.json')
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true)
  const writing = new OutputFile(path).write('x'.repeat(2 ** 26))
  await vi.waitUntil(() => readdirSync(folder).length > 0, {interval: 1})
  process.emit('SIGINT', 'SIGINT')
  expect(readdirSync(folder)).toEqual([])
  expect(kill).toHaveBeenCalledWith(process.pid, 'SIGINT')
  await expect(writing).rejects.toThrow(/no such file/)
  kill.mockRestore()
})

test('once it is written, an interrupt is none of its business', async () => {
  const before = process.listenerCount('SIGINT')
  await new OutputFile(join(folder, 'run.json')).write('{}')
  expect(process.listenerCount('SIGINT')).toBe(before)
})
