import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {lookAt} from '../../viz/recording/histories.ts'
import {type Recording, recordingOf} from '../../viz/recording/recording.ts'
import {bandsOf, firstRestart, joined, told} from '../../viz/views/hosts/bands.ts'
import {BrokenByHost, nobody} from '../../viz/views/hosts/broken.ts'
import {absent, faceOf} from '../../viz/views/hosts/face.ts'
import {byKey, Stack} from '../../viz/views/hosts/stack.ts'
import {traced} from '../trace/traced.ts'

const killed = recordingOf(traced('hard-restart'))
const drained = recordingOf(traced('graceful-drain'))
const both = [killed, drained]
const {end} = drained
const actorOf = ({actors}: Recording, name: string) => actors.findIndex(it => it.name === name)
const hostsOf = ({actors}: Recording) => actors.flatMap(({kind}, actor) => (kind === 'host' ? [actor] : []))

const time = fc.integer({min: 0, max: end})
const span = fc
  .tuple(time, time)
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => ({from: Math.min(a, b), to: Math.max(a, b)}))
const recording = fc.constantFrom(...both)

describe('the bands of a host', () => {
  const host = (it: Recording) => fc.constantFrom(...hostsOf(it))
  const lane = recording.chain(it => fc.record({it: fc.constant(it), host: host(it), span}))

  test('cover a span without gaps, however coarse they are', () => {
    fc.assert(
      fc.property(lane, fc.integer({min: 0, max: 20_000_000}), ({it, host, span}, grain) => {
        const bands = bandsOf(it.histories, host, span, grain)
        expect([bands[0]!.from, bands.at(-1)!.to]).toEqual([span.from, span.to])
        bands.slice(1).forEach((band, i) => void expect(band.from).toBe(bands[i]!.to))
        for (const {from, to} of bands.slice(0, -1)) expect(to - from).toBeGreaterThanOrEqual(Math.max(1, grain))
      }),
    )
  })

  test('tell at any time what the history of the host tells', () => {
    fc.assert(
      fc.property(lane, time, ({it, host, span}, at) => {
        fc.pre(at >= span.from && at < span.to)
        const {look} = bandsOf(it.histories, host, span).find(({from, to}) => from <= at && at < to)!
        expect(look === absent ? 0 : look).toBe(lookAt(it.histories, host, at))
      }),
    )
  })

  test('show the worst of what is too short to be shown by itself', () => {
    const dead = actorOf(drained, 'edge.3')
    const minute = bandsOf(drained.histories, dead, {from: 0, to: end}, 60_000_000)
    expect(minute.some(({look}) => !faceOf(look).powered)).toBe(true)
    const exact = bandsOf(drained.histories, dead, {from: 0, to: end})
    expect(exact.find(({look}) => !faceOf(look).powered)).toMatchObject({from: 68_000_000})
  })

  test('begin, of a host that joins later, with a stretch in which it is not there', () => {
    const bands = bandsOf(drained.histories, actorOf(drained, 'app.3'), {from: 0, to: end})
    expect(bands[0]).toEqual({from: 0, to: 100_000_000, look: absent})
    expect(bands.slice(1).every(({look}) => look !== absent)).toBe(true)
  })

  test('are told in one sentence, each state with the time at which it ends', () => {
    const host = actorOf(drained, 'edge.0')
    const bands = bandsOf(drained.histories, host, {from: 0, to: end})
    expect(told('edge.0', bands)).toMatch(
      /^edge\.0: serving until 0:11, .*, draining out of rotation until 0:17\.928, down until .*, and 3 more$/,
    )
    expect(told('edge.0', bands.slice(0, 1))).toBe('edge.0: serving throughout')
    const parts = joined(bands)
    parts.slice(1).forEach(({words, from}, i) => {
      expect(words).not.toBe(parts[i]!.words)
      expect(from).toBe(parts[i]!.to)
    })
  })
})

describe('hosts', () => {
  test('are restarted first in the order of their batches, and never if they are not released', () => {
    const restarted = (name: string) => firstRestart(drained.histories, actorOf(drained, name), end)
    expect(restarted('edge.0')).toBeLessThan(restarted('edge.2'))
    expect(firstRestart(killed.histories, actorOf(killed, 'edge.1'), 1_000_000)).toBe(Number.POSITIVE_INFINITY)
  })

  test('keep their order where the key by which they are sorted is the same', () => {
    expect(byKey([5, 6, 7, 8], host => -(host % 2))).toEqual([5, 7, 6, 8])
    expect(byKey([1, 2, 3], () => Number.POSITIVE_INFINITY)).toEqual([1, 2, 3])
  })

  test('have between them, and nobody, every disruption of any stretch of time', () => {
    fc.assert(
      fc.property(recording, span, (it, {from, to}) => {
        const broken = new BrokenByHost(it)
        const sum = [nobody, ...hostsOf(it)].reduce((sum, host) => sum + broken.count(host, from, to), 0)
        expect(sum).toBe(it.disruptions.at.filter(at => at > from && at <= to).length)
      }),
    )
  })

  test('are each told their own disruptions, in order of time', () => {
    const broken = new BrokenByHost(killed)
    const {at, process, family} = killed.disruptions
    for (const host of hostsOf(killed)) {
      const seen: (readonly [number, number])[] = []
      broken.each(host, -1, end, (...it) => void seen.push(it))
      const own = [...at.keys()].filter(row => process[row]! >= 0 && killed.actors[process[row]!]!.of === host)
      expect(seen).toEqual(own.map(row => [at[row], family[row]]))
    }
    expect(broken.count(actorOf(killed, 'edge.0'), -1, end)).toBeGreaterThan(0)
  })
})

describe('a stack of lanes', () => {
  const groups = fc.array(
    fc.record({
      run: fc.constant(0),
      tier: fc.constant('edge'),
      hosts: fc.integer({min: 1, max: 200}).map(count => Array.from({length: count}, (_, i) => i)),
      head: fc.constantFrom(24, 42),
    }),
    {minLength: 1, maxLength: 4},
  )

  test('finds each lane where it put it, and none in its headings', () => {
    fc.assert(
      fc.property(groups, fc.integer({min: 100, max: 2000}), (groups, room) => {
        const stack = new Stack(groups, room)
        const lanes = Array.from({length: stack.count}, (_, lane) => lane)
        for (const within of [0, stack.lane - 1])
          expect(lanes.map(lane => stack.at(stack.top(lane) + within))).toEqual(lanes)
        for (const {top, head} of stack.groups) expect(stack.at(top + head - 1)).toBe(-1)
        expect(stack.at(stack.height)).toBe(-1)
      }),
    )
  })

  test('has lanes of 3 to 22 pixels, and no more room than it was given unless they are the lowest', () => {
    fc.assert(
      fc.property(groups, fc.integer({min: 100, max: 2000}), (groups, room) => {
        const {lane, height} = new Stack(groups, room)
        expect(lane >= 3 && lane <= 22).toBe(true)
        expect(height <= room || lane === 3).toBe(true)
      }),
    )
  })
})
