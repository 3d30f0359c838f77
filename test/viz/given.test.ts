import {describe, expect, test} from 'vitest'
import {readAddress} from '../../viz/desk/address.ts'
import {besideThePage} from '../../viz/given.ts'

describe('a page opens files beside it or below it', () => {
  test.each([
    ['run.json.gz', './run.json.gz'],
    ['given/my run.yaml', './given/my%20run.yaml'],
    ['given/ü?#.yaml', './given/%C3%BC%3F%23.yaml'],
    ['..a/b..', './..a/b..'],
    ['a:b', './a%3Ab'],
  ])('%s', (path, address) => {
    expect(besideThePage(path)).toBe(address)
    expect(new URL(address, 'http://here.example/page/').href).toMatch(/^http:\/\/here\.example\/page\/[^?#]+$/)
  })

  test.each([
    '',
    '/',
    '/etc',
    '../run.json',
    'a/../../b',
    './a',
    'a/./b',
    'a//b',
    '//other.example/a',
    'https://other.example/a',
  ])('and not what is elsewhere: %j', path => {
    expect(besideThePage(path)).toBeUndefined()
  })
})

describe('an address', () => {
  const mine = {name: 'mine', text: 'title: Mine', files: {'lives.csv': '1s'}}

  test('that names no scenario speaks of the one that the page was given', async () => {
    const {sheet} = await readAddress('#seed=7&set=end%3D2h&strategies=hard-restart,envoy', mine)
    expect(sheet).toEqual({
      source: {...mine, sets: ['end=2h']},
      seed: 7,
      lanes: [
        {label: 'hard-restart', replace: 'hard-restart', sets: []},
        {label: 'envoy', replace: 'envoy', sets: []},
      ],
    })
    expect(await readAddress('#seed=7')).toEqual({})
  })

  test('that names another scenario speaks of that', async () => {
    const {sheet} = await readAddress('#scenario=ws-drain', mine)
    expect(sheet).toEqual({source: {name: 'ws-drain', sets: []}})
  })

  test('that has another text of the given one still finds what that reads', async () => {
    // 'title: Yours', deflated.
    const {sheet} = await readAddress('#scenario=mine&text=K8ksyUm1UojMLy0qBgA', mine)
    expect(sheet?.source).toMatchObject({name: 'mine', files: mine.files})
  })
})
