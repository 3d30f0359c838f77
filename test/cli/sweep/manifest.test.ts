import fc from 'fast-check'
import {expect, test} from 'vitest'
import {manifestIn, manifestOf, manifestText} from '../../../sim/cli/sweep/manifest.ts'
import {UserError} from '../../../sim/cli/user-error.ts'
import {ask} from './outcomes.ts'

const manifest = manifestOf(ask, {part: 2, of: 3})
const text = manifestText(manifest)

test('a manifest is read as what was written, and has texts as people read them', () => {
  expect(manifestIn(text, 'sweep.json')).toEqual(manifest)
  expect(manifestIn(manifestText(manifestOf(ask)), 'sweep.json')).toEqual(manifestOf(ask))
  expect(text).toContain('\n      "title: A small edge",\n      "end: 20s",\n')
})

test('whatever is damaged in one, it is another manifest or a message that says what to do', () => {
  const change = fc.tuple(fc.nat(text.length - 1), fc.nat(20), fc.string({maxLength: 4}))
  fc.assert(
    fc.property(change, ([at, gone, put]) => {
      try {
        const found = manifestIn(text.slice(0, at) + put + text.slice(at + gone), 'x/sweep.json')
        expect(manifestIn(manifestText(found), 'sweep.json')).toEqual(found)
      } catch (error) {
        expect(error).toBeInstanceOf(UserError)
        expect((error as Error).message).toMatch(/^x\/sweep\.json is damaged: .*\n.*the same command goes on$/)
      }
    }),
    {numRuns: 500},
  )
})
