import {deflateRawSync} from 'node:zlib'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {type Address, readAddress, writeAddress} from '../../viz/desk/address.ts'
import {mostLanes, views} from '../../viz/desk/desk.ts'
import {packed, unpacked} from '../../viz/desk/packing.ts'
import {themes} from '../../viz/desk/theme.ts'

const text = fc.string({unit: 'grapheme'})
/** What stands in one line of a form. */
const line = text.map(it => it.replaceAll('\n', ' '))
const name = line.filter(it => it !== '')
const time = fc.maxSafeInteger().map(Math.abs)
const maybe = <T>(it: fc.Arbitrary<T>) => fc.option(it, {nil: undefined})

const plainLane = fc.stringMatching(/^[a-z.-]{1,9}$/).map(label => ({label, replace: label, sets: []}))
const lane = fc
  .record({label: line, replace: maybe(name), forkedAt: maybe(time), sets: fc.array(name, {maxLength: 3})})
  .map(it => said(it))
const lanes = <T>(it: fc.Arbitrary<T>) => fc.array(it, {minLength: 1, maxLength: mostLanes})
const sheet = fc
  .record({
    source: fc
      .record({
        name,
        text: maybe(text),
        files: maybe(fc.dictionary(name, text, {minKeys: 1, maxKeys: 3, noNullPrototype: true})),
        sets: fc.array(line, {maxLength: 3}),
      })
      .map(it => said(it)),
    seed: maybe(time),
    lanes: maybe(fc.oneof(lanes(lane), lanes(plainLane))),
  })
  .map(it => said(it))
const address: fc.Arbitrary<Address> = fc
  .record({
    sheet: maybe(sheet),
    time: maybe(time),
    window: maybe(
      fc
        .uniqueArray(time, {minLength: 2, maxLength: 2})
        .map(([a, b]) => ({from: Math.min(a!, b!), to: Math.max(a!, b!)})),
    ),
    view: maybe(fc.constantFrom(...views)),
    focus: maybe(fc.nat(3)),
    theme: maybe(fc.constantFrom(...themes)),
  })
  .map(it => said(it)) as fc.Arbitrary<Address>

/** Without the fields that say nothing. */
function said<T extends object>(it: T): T {
  return Object.fromEntries(Object.entries(it).filter(([, value]) => value !== undefined)) as T
}

test('what was written is read again, whatever it was', async () => {
  await fc.assert(
    fc.asyncProperty(address, async it => {
      expect(await readAddress(await writeAddress(it))).toEqual(it)
    }),
  )
})

test('no hash breaks the page, and what it says wrong is as if it said nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.webFragments(), fc.webQueryParameters(), async (fragment, words) => {
      expect(typeof (await readAddress(`#${fragment}&${words}`))).toBe('object')
    }),
  )
  expect(
    await readAddress('#scenario=&t=-1&from=9&to=3&view=attic&focus=1.5&theme=pink&seed=1e400&nonsense=1'),
  ).toEqual({})
  expect(await readAddress('#t=99999999999999999999&focus=9007199254740993')).toEqual({})
})

test('a scenario that is damaged is told, and nothing else of the link is lost', async () => {
  const problem = 'The link to mine is damaged: the scenario in it cannot be read.'
  for (const code of ['!!!', 'AAAA', 'A', '%00', (await packed('end: 2h')).slice(0, -3)])
    expect(await readAddress(`#scenario=mine&text=${code}&t=5`)).toEqual({problem, time: 5})
  for (const file of ['lives.csv', 'lives.csv%0A!!'])
    expect(await readAddress(`#scenario=mine&file=${file}`)).toEqual({problem})
})

test('a text is unpacked up to one MiB and no further', async () => {
  const code = (size: number) => deflateRawSync(Buffer.alloc(size, 'a')).toString('base64url')
  expect((await unpacked(code(2 ** 20)))?.length).toBe(2 ** 20)
  expect(await unpacked(code(2 ** 20 + 1))).toBeUndefined()
  expect(await unpacked(code(2 ** 28))).toBeUndefined()
})

test('bytes that are no text are no scenario', async () => {
  expect(await unpacked(deflateRawSync(Uint8Array.of(0xff, 0xfe, 0xc3)).toString('base64url'))).toBeUndefined()
})

test('there are never more lanes than there is room for, and strategies may be named by hand', async () => {
  const lanes = Array.from({length: 9}, (_, i) => `lane=${i}`).join('&')
  expect((await readAddress(`#scenario=a&${lanes}`)).sheet?.lanes).toHaveLength(mostLanes)
  expect((await readAddress('#scenario=a&strategies=hard-restart,envoy')).sheet?.lanes).toEqual([
    {label: 'hard-restart', replace: 'hard-restart', sets: []},
    {label: 'envoy', replace: 'envoy', sets: []},
  ])
})

test('a scenario that the page was given need not be named', async () => {
  const mine = {name: 'mine', text: 'end: 2h', files: {'a.csv': '1'}}
  expect((await readAddress('#set=end%3D3h', mine)).sheet?.source).toEqual({...mine, sets: ['end=3h']})
  expect((await readAddress('#scenario=mine', mine)).sheet?.source).toEqual({name: 'mine', files: mine.files, sets: []})
  expect((await readAddress('#scenario=other', mine)).sheet?.source).toEqual({name: 'other', sets: []})
})
