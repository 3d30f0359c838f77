import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {families} from '../../viz/recording/family.ts'
import {lookAt} from '../../viz/recording/histories.ts'
import {type Recording, recordingOf} from '../../viz/recording/recording.ts'
import {laneAt, lifeAt, placed} from '../../viz/views/connections/chart.ts'
import {densityOf} from '../../viz/views/connections/density.ts'
import {endingsOf, isBroken, open} from '../../viz/views/connections/endings.ts'
import {fullAt} from '../../viz/views/connections/full.ts'
import {ordered} from '../../viz/views/connections/order.ts'
import {clientsOf, lanePerClient, lanePerLife} from '../../viz/views/connections/rack.ts'
import {lifeText} from '../../viz/views/connections/words.ts'
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

describe('the ending of a life', () => {
  test('is the disruption of its client at that instant, and so tells the cause', () => {
    for (const it of both) {
      const {family, disruption} = endingsOf(it)
      const broken = [...family.keys()].filter(row => isBroken(family[row]!))
      expect(broken.length).toBeGreaterThan(10)
      for (const row of broken) {
        const found = disruption[row]!
        expect(it.disruptions.client[found]).toBe(it.lives.client[row])
        expect(it.disruptions.at[found]).toBe(it.lives.to[row])
        expect(it.disruptions.family[found]).toBe(family[row])
      }
    }
  })

  test('is told with what it was, where, since when and why', () => {
    const {family} = endingsOf(drained)
    const cut = family.indexOf(families.indexOf('cut'))
    expect(lifeText(drained, cut)).toMatch(
      /^client \d+, \w+: opened on edge\.\d#0 (at \d+:\d\d|before the run began); reset at \d+:\d\d(\.\d+)?: killed at drain end, after (at least )?\d/,
    )
    expect(lifeText(drained, family.indexOf(open))).toMatch(/; still open at the end$/)
  })
})

describe('lives in order', () => {
  const none = {onlyBroken: false}

  test('are those that pass the filter, each once', () => {
    const {lives} = killed
    const {family, host} = endingsOf(killed)
    const wanted = [...lives.from.keys()]
    const edge = actorOf(killed, 'edge.1')
    expect(ordered(killed, none, 'host').toSorted()).toEqual(Int32Array.from(wanted))
    expect([...ordered(killed, {onlyBroken: true, workload: 3, host: edge}, 'end')].sort((a, b) => a - b)).toEqual(
      wanted.filter(row => isBroken(family[row]!) && lives.workload[row] === 3 && host[row] === edge),
    )
  })

  test('rise in what they are sorted by', () => {
    const {lives} = killed
    const {family, host} = endingsOf(killed)
    const rising = (order: Parameters<typeof ordered>[2], key: (row: number) => number) => {
      const keys = Array.from(ordered(killed, none, order), key)
      expect(keys).toEqual(keys.toSorted((a, b) => a - b))
    }
    rising('begin', row => lives.from[row]!)
    rising('end', row => lives.to[row]!)
    rising('host', row => (host[row]! < 0 ? 1e9 : host[row]!))
    rising('forced close', row => (isBroken(family[row]!) ? family[row]! : 99 + Number(family[row] === open)))
  })

  test('are of one family by the time at which they were cut', () => {
    const {family} = endingsOf(killed)
    const reset = ordered(killed, none, 'forced close').filter(row => families[family[row]!] === 'reset')
    const times = Array.from(reset, row => killed.lives.to[row]!)
    expect(times.length).toBeGreaterThan(10)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  })

  test('have a lane for each that can be seen', () => {
    fc.assert(
      fc.property(span, it => {
        const {lives} = drained
        const {rows, lanes} = lanePerLife(lives, ordered(drained, none, 'begin'), it)
        const seen = [...lives.from.keys()].filter(row => lives.from[row]! <= it.to && lives.to[row]! >= it.from)
        expect([...rows]).toEqual(seen)
        expect(lanes).toBe(seen.length)
      }),
    )
  })

  test('have a lane for each client, in which another run has the lives of the same client', () => {
    const all = {from: 0, to: end}
    const rows = ordered(killed, {onlyBroken: true}, 'forced close')
    const clients = clientsOf(killed.lives, rows, all)
    const racks = both.map(({lives}) => ({lives, rack: lanePerClient(lives, clients, all)}))
    const ids = [...clients.keys()]
    expect(ids[0]).toBe(killed.lives.client[rows[0]!])
    for (const {lives, rack} of racks) {
      expect(rack.lanes).toBe(ids.length)
      expect(rack.rows.length).toBe(lives.client.filter(client => clients.has(client)).length)
      ids.forEach((client, lane) => {
        for (const row of rack.of(lane)) {
          expect(lives.client[row]).toBe(client)
          expect(rack.laneOf(row)).toBe(lane)
        }
      })
    }
  })

  test('are missing from when on the sample was full', () => {
    const {lives} = killed
    expect(fullAt(killed)).toBeUndefined()
    expect(fullAt({lives: {...lives, total: lives.total + 1}})).toBe(Math.max(...lives.from))
  })
})

describe('the density of lives', () => {
  const grid = fc.record({columns: fc.integer({min: 1, max: 300}), rows: fc.integer({min: 1, max: 200})})

  test('counts in each cell the lives of its lanes that are there in its time', () => {
    fc.assert(
      fc.property(span, grid, (span, {columns, rows}) => {
        const {lives} = killed
        const {family} = endingsOf(killed)
        const rack = lanePerLife(lives, ordered(killed, {onlyBroken: false}, 'end'), span)
        const density = densityOf(lives, family, rack, span, {columns, rows})
        const counted = new Uint32Array(columns * rows)
        const column = (at: number) =>
          Math.min(columns - 1, Math.max(0, Math.floor((at - span.from) * (columns / (span.to - span.from)))))
        rack.rows.forEach((row, lane) => {
          const start = Math.floor((lane / rack.lanes) * rows) * columns
          for (let k = column(lives.from[row]!); k <= column(lives.to[row]!); k++) counted[start + k]!++
        })
        expect(density.lives).toEqual(counted)
        expect(density.lanes.reduce((a, b) => a + b, 0)).toBe(rack.lanes)
      }),
      {numRuns: 30},
    )
  })

  test('in one column has every life that can be seen, and each that broke where it did', () => {
    fc.assert(
      fc.property(span, grid, (span, {columns, rows}) => {
        const {lives} = killed
        const {family} = endingsOf(killed)
        const rack = lanePerLife(lives, ordered(killed, {onlyBroken: false}, 'forced close'), span)
        const sum = (cells: Iterable<number>) => [...cells].reduce((a, b) => a + b, 0)
        const [one, many] = [1, columns].map(it => densityOf(lives, family, rack, span, {columns: it, rows})) as [
          ReturnType<typeof densityOf>,
          ReturnType<typeof densityOf>,
        ]
        const broken = rack.rows.filter(row => isBroken(family[row]!))
        expect(sum(one.lives)).toBe(rack.rows.length)
        expect(one.doomed.some(it => it > 0)).toBe(broken.length > 0)
        expect(many.broken.every((count, cell) => count === 0 || many.doomed[cell]! > 0)).toBe(true)
        expect(sum(many.broken)).toBe(broken.filter(row => lives.to[row]! <= span.to).length)
      }),
      {numRuns: 30},
    )
  })
})

describe('pointing at lives', () => {
  const all = {from: 0, to: end}
  const chart = (it: Recording) => ({
    index: 0,
    name: 'it',
    recording: it,
    rack: lanePerLife(it.lives, ordered(it, {onlyBroken: false}, 'end'), all),
    text: '',
    groupOf: () => '',
    labelOf: () => '',
  })

  test('finds the lane at a height, in each of two charts', () => {
    for (const room of [200, 40_000]) {
      const charts = placed([chart(killed), chart(drained)], 24, room)
      for (const {body, height, lane, first, rack, top} of charts) {
        for (const k of [0, rack.lanes >> 1, rack.lanes - 1])
          expect(laneAt(charts, body + (k + 0.5) * lane)).toBe(first + k)
        expect(laneAt(charts, top + 1)).toBe(-1)
        expect(laneAt(charts, body + height)).toBe(-1)
      }
    }
  })

  test('finds the life that is there, or one within some pixels, or none', () => {
    const it = chart(drained)
    const {from, to} = drained.lives
    const x = (at: number) => at / 100_000
    fc.assert(
      fc.property(fc.nat(it.rack.lanes - 1), lane => {
        const row = it.rack.rows[lane]!
        const lanes = {from: lane, to: lane + 1}
        expect(lifeAt(it, lanes, x((from[row]! + to[row]!) / 2), x, 4)).toBe(row)
        expect(lifeAt(it, lanes, x(to[row]!) + 3, x, 4)).toBe(row)
        expect(lifeAt(it, lanes, x(to[row]!) + 5, x, 4)).toBe(-1)
      }),
    )
  })

  test('draws lives singly where there is room for three pixels each, and densely elsewhere', () => {
    const {lanes} = chart(killed).rack
    expect(placed([chart(killed)], 24, 3 * lanes).map(({isDense}) => isDense)).toEqual([false])
    expect(placed([chart(killed)], 24, 3 * lanes - 1).map(({isDense}) => isDense)).toEqual([true])
  })
})
