import {describe, expect, test} from 'vitest'
import {seconds} from '../../sim/engine/time.ts'
import {Level} from '../../sim/net/posts/level.ts'
import {
  bytesOf,
  framing,
  type Headers,
  handedBack,
  headersOf,
  isPartialPost,
  leftOfChunk,
  rebuilt,
  replayOf,
  replaysOf,
} from '../../sim/net/posts/partial-post.ts'
import {Pipe} from '../../sim/net/posts/pipe.ts'
import {Post} from '../../sim/net/posts/post.ts'

const request: Headers = [
  [':method', 'POST'],
  [':path', '/'],
  ['Host', 'example.org'],
  ['Content-Length', '1000'],
]
const names = (headers: Headers) => headers.map(([name]) => name)

describe('a 379', () => {
  test('returns every header as an echo, and a pseudo-header as a pseudo-echo', () => {
    const {headers} = handedBack(request)
    for (const echo of [
      ['Pseudo-Echo-method', 'POST'],
      ['Pseudo-Echo-path', '/'],
      ['Echo-Host', 'example.org'],
    ])
      expect(headers).toContainEqual(echo)
  })

  test('tells no length of its own, but the one that the request had', () => {
    expect(names(handedBack(request).headers)).not.toContain('Content-Length')
    expect(handedBack(request).headers).toContainEqual(['Echo-Content-Length', '1000'])
    expect(names(handedBack(headersOf(1_000, 16)).headers)).not.toContain('Echo-Content-Length')
  })

  test('is chunked, and the last answer of its connection', () => {
    expect(handedBack(request).headers).toContainEqual(['Transfer-Encoding', 'chunked'])
    expect(handedBack(request).headers).toContainEqual(['Connection', 'close'])
  })

  test('is one only if its message says so', () => {
    expect(isPartialPost(handedBack(request))).toBe(true)
    expect(isPartialPost({...handedBack(request), message: 'OK'})).toBe(false)
    expect(isPartialPost({...handedBack(request), status: 200})).toBe(false)
  })
})

describe('a replay', () => {
  test('is the request of the echoes, and nothing that the answer said for itself', () => {
    expect(rebuilt(handedBack(request))).toEqual(request)
    expect(rebuilt({...handedBack([]), headers: [['Server', 'x']]})).toEqual([])
  })

  test('carries one mark more each time, and all of them come back', () => {
    let headers = request
    for (let k = 1; k <= 10; k++) {
      headers = replayOf(handedBack(headers))
      expect(replaysOf(headers)).toBe(k)
    }
    expect(rebuilt(handedBack(headers)).slice(0, request.length)).toEqual(request)
  })

  test('costs five bytes for each header that is echoed, and 24 for each mark', () => {
    const {headers} = handedBack(request)
    // `Echo-` before two headers; `Pseudo-Echo-` in place of a colon before two others.
    const own = bytesOf([
      ['Transfer-Encoding', 'chunked'],
      ['Connection', 'close'],
    ])
    expect(bytesOf(headers) - own - bytesOf(request)).toBe(2 * 5 + 2 * 11)
    expect(bytesOf(replayOf(handedBack(request))) - bytesOf(request)).toBe('Partial-Post-Replay: 1\r\n'.length)
  })

  test('puts the rest of a chunk that was cut into a chunk of its own', () => {
    expect([0, 1, 15, 16, 17].map(bytes => leftOfChunk(bytes, 16))).toEqual([0, 15, 1, 0, 15])
  })

  test('is framed as RFC 9112 says', () => {
    // `10\r\n…\r\n` twice, `4\r\n…\r\n`, `0\r\n\r\n`.
    expect(framing(36, 16)).toBe(6 + 6 + 5 + 5)
    expect(framing(0, 16)).toBe(5)
  })
})

describe('a POST of 100 bytes in 100 s', () => {
  const post = () => new Post(seconds(100), 1, undefined)

  test('has come as far as its user has sent it', () => {
    const it = post()
    it.arrives(seconds(200))
    expect([50, 100, 101.5, 150, 200, 300].map(at => it.received(seconds(at)))).toEqual([0, 0, 1, 50, 100, 100])
  })

  test('has what is in flight between the two ends of a way still to come', () => {
    const it = post()
    it.arrives(seconds(100))
    // Handed back at 40 s over a way of 2 s: the proxy stops at 42 s, and its last byte is there at 44 s.
    expect(it.received(seconds(40 + 2 + 2)) - it.received(seconds(40))).toBe(4)
  })

  test('comes again as fast as the network lets it, until it has caught up with its user', () => {
    const it = post()
    it.arrives(seconds(100))
    it.returns(0)
    // At 40 s the proxy holds 40 bytes; at 5 bytes a second it sends 50 of them in 10 s, while its user sends 10 more.
    expect(it.comesAgain(seconds(40), 0, 5)).toBeCloseTo(50, 9)
    expect([40, 41, 50, 60].map(at => it.received(seconds(at)))).toEqual([0, 5, 50, 60])
    expect(it.wholeAfter(seconds(50))).toBe(seconds(100))
  })

  test('never catches up over a network that is slower than its user', () => {
    const it = post()
    it.arrives(seconds(100))
    it.returns(0)
    expect(it.comesAgain(seconds(40), 0, 0.5)).toBe(100)
    expect(it.received(seconds(40 + 200))).toBe(100)
    expect(it.received(seconds(40 + 199))).toBe(99)
  })
})

test('a pipe sends one thing after the other', () => {
  const pipe = new Pipe()
  expect(pipe.send(seconds(1), 10, 5)).toBe(seconds(3))
  expect(pipe.send(seconds(2), 10, 5)).toBe(seconds(5))
  expect(pipe.startOf(seconds(4))).toBe(seconds(5))
  expect(pipe.send(seconds(9), 5, 5)).toBe(seconds(10))
})

test('a level remembers the most that it was, also between two changes', () => {
  const level = new Level()
  level.add(0, 10, 2)
  level.add(20, -50, -2)
  level.settle(100)
  expect(level.peak).toBe(50)
  level.add(100, 60, 0)
  expect(level.peak).toBe(60)
})
