import {describe, expect, test} from 'vitest'
import {nearest, oneOf} from '../../sim/scenario/nearest.ts'

const keys = ['hosts', 'cores', 'boot', 'drainTimeout', 'keepAlive', 'socket-takeover']

describe('nearest', () => {
  test.each([
    ['host', 'hosts'],
    ['hsots', 'hosts'],
    ['Cores', 'cores'],
    ['drain_timeout', 'drainTimeout'],
    ['drain-timeot', 'drainTimeout'],
    ['keepalive', 'keepAlive'],
    ['takeover', 'socket-takeover'],
  ])('takes %s to be meant for %s', (word, meant) => {
    expect(nearest(word, keys)).toBe(meant)
  })

  test('names nothing when nothing is near', () => {
    expect(nearest('colour', keys)).toBeUndefined()
    expect(nearest('', keys)).toBeUndefined()
    expect(nearest('hosts', [])).toBeUndefined()
  })

  test('prefers the nearer of two', () => {
    expect(nearest('proxi', ['proxies', 'proxy'])).toBe('proxy')
  })

  test('counts a swap of two letters as one mistake', () => {
    expect(nearest('ab', ['ba', 'cd'])).toBe('ba')
  })

  test('does not try to understand a word of a thousand letters', () => {
    expect(nearest('hosts'.repeat(200), keys)).toBeUndefined()
  })
})

describe('oneOf', () => {
  test('names the nearest, or all, or the only one, or says that there is none', () => {
    expect(oneOf('host', keys)).toBe('"hosts"')
    expect(oneOf('colour', ['a', 'b'])).toBe('one of "a", "b"')
    expect(oneOf(undefined, ['a'])).toBe('"a"')
    expect(oneOf('x', [])).toBe('nothing, for there is none')
  })
})
