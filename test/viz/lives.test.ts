import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {families} from '../../viz/recording/family.ts'
import {type Recording, recordingOf} from '../../viz/recording/recording.ts'
import {laneAt, lifeAt, placed} from '../../viz/views/connections/chart.ts'
import {densityOf} from '../../viz/views/connections/density.ts'
import {endingsOf, isBroken, open} from '../../viz/views/connections/endings.ts'
import {fullAt} from '../../viz/views/connections/full.ts'
import {ordered} from '../../viz/views/connections/order.ts'
import {clientsOf, lanePerClient, lanePerLife} from '../../viz/views/connections/rack.ts'
import {lifeText} from '../../viz/views/connections/words.ts'
import {traced} from '../trace/traced.ts'

const killed = recordingOf(traced('hard-restart'))
const drained = recordingOf(traced('graceful-drain'))
const both = [killed, drained]
const {end} = drained
const actorOf = ({actors}: Recording, name: string) => actors.findIndex(it => it.name === name)

const time = fc.integer({min: 0, max: end})
const span = fc
  .tuple(time, time)
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => ({from: Math.min(a, b), to: Math.max(a, b)}))

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
      /^client \d+, \w+: (?:opened|asked) on edge\.\d#0 (at \d+:\d\d|before the run began); reset at \d+:\d\d(\.\d+)?: killed at drain end, after (at least )?\d/,
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
