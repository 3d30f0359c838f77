import fc from 'fast-check'
import {expect, test} from 'vitest'
import {clientOf} from '../../sim/story/clients.ts'
import {kinds} from '../../sim/trace/ledger.ts'
import {countBySort, everything, Log, merged, sortOfCause} from '../../viz/recording/log.ts'
import {traced} from '../trace/traced.ts'
import {bareWith, toldOf} from './told.ts'

const [noListener, killed] = [1, 2]
const [host, old] = [0, 2]
const power = (at: number) => ({at, kind: 'power', host, on: false}) as const

/** Lines as text: events by their time, disruptions by their row, folds by what they count. */
const textOf = (log: Log): string[] =>
  Array.from({length: log.length}, (_, k) => {
    const line = log.line(k)
    if (line.kind === 'event') return `event ${log.at(k)}`
    return line.kind === 'fold' ? `${line.count} of ${line.row}` : `${line.folded ? '  ' : ''}row ${line.row}`
  })

test('events and disruptions are told in order of time, of one instant events first', () => {
  const told = bareWith(
    [power(10), power(20), power(20)],
    [
      [5, killed],
      [20, killed],
      [30, killed],
    ],
  )
  expect(textOf(new Log(told))).toEqual(['row 0', 'event 10', 'event 20', 'event 20', 'row 1', 'row 2'])
})

test('the merged order has every row once, and never goes back in time', () => {
  const times = fc.array(fc.nat(20), {maxLength: 30}).map(them => them.toSorted((a, b) => a - b))
  fc.assert(
    fc.property(times, times, (events, disruptions) => {
      const told = bareWith(
        events.map(power),
        disruptions.map(at => [at, killed] as const),
      )
      const rows = [...merged(told)]
      const timeOf = (row: number) => (row >= 0 ? events[row]! : disruptions[~row]!)
      expect(rows.filter(row => row >= 0)).toEqual(events.map((_, row) => row))
      expect(rows.filter(row => row < 0)).toEqual(disruptions.map((_, row) => ~row))
      expect(rows.map(timeOf)).toEqual(rows.map(timeOf).toSorted((a, b) => a - b))
    }),
  )
})

test('equal disruptions of one instant are one line, which opens and closes', () => {
  const told = bareWith(
    [power(9)],
    [
      [10, killed, old],
      [10, killed, old],
      [10, noListener],
      [11, killed, old],
    ],
  )
  const log = new Log(told)
  expect(textOf(log)).toEqual(['event 9', '2 of 0', 'row 2', 'row 3'])
  log.toggle(1)
  expect(textOf(log)).toEqual(['event 9', '2 of 0', '  row 0', '  row 1', 'row 2', 'row 3'])
  expect(log.line(1)).toMatchObject({open: true})
  log.toggle(1)
  expect(log.length).toBe(4)
})

test('the line of the playhead is the last that is not later', () => {
  const log = new Log(
    bareWith(
      [power(10), power(20)],
      [
        [10, killed],
        [30, killed],
      ],
    ),
  )
  expect([0, 10, 19, 20, 100].map(time => log.after(time))).toEqual([0, 2, 2, 3, 4])
})

test('what is hidden, of another host, of another client or says something else is not told', () => {
  const told = bareWith(
    [power(1), {at: 2, kind: 'power', host: 1, on: false}],
    [
      [3, killed, old, 7],
      [4, noListener, -1, 8],
    ],
  )
  const shows = (wish: Partial<typeof everything>) => {
    const log = new Log(told)
    log.filter({...everything, ...wish})
    return textOf(log)
  }
  expect(shows({})).toHaveLength(4)
  expect(shows({hidden: new Set([kinds.indexOf('power')])})).toEqual(['row 0', 'row 1'])
  expect(shows({hidden: new Set([sortOfCause(killed)])})).toEqual(['event 1', 'event 2', 'row 1'])
  expect(shows({host})).toEqual(['event 1', 'row 0'])
  expect(shows({client: 8})).toEqual(['row 1'])
  expect(shows({text: 'LOSES power'})).toEqual(['event 1', 'event 2'])
  expect(shows({text: 'on edge.0#0'})).toEqual(['row 0'])
  expect(shows({text: 'listened, client 8 of web'})).toEqual(['row 1'])
  expect(shows({text: 'killed, client 8'})).toEqual([])
})

test('what is counted of each sort is all that there is', () => {
  const told = toldOf(traced('hard-restart'))
  const counts = countBySort(told)
  const {disruptions} = told.recording
  expect(counts.reduce((a, b) => a + b)).toBe(told.ledger.length + disruptions.at.length)
  const log = new Log(told)
  const hidden = new Set(counts.keys())
  hidden.delete(kinds.indexOf('process'))
  log.filter({...everything, hidden})
  expect(log.length).toBe(counts[kinds.indexOf('process')])
})

test('clients are counted from 0 in each workload', () => {
  const {recording} = toldOf(traced('hard-restart'))
  const {lives, workloads} = recording
  workloads.forEach((_, workload) => {
    const own = Array.from(lives.client).filter((_, row) => lives.workload[row] === workload)
    const numbers = own.map(client => clientOf(recording, workload, client))
    expect([own.length > 0, Math.min(...numbers) >= 0, Math.max(...numbers) < 10_000]).toEqual([true, true, true])
  })
})

test('a million rows are merged, folded and found', () => {
  const size = 500_000
  const told = bareWith([], [])
  const at = Float64Array.from({length: size}, (_, row) => row)
  const zeros = new Uint8Array(size)
  const {recording, ledger} = told
  const disruptions = {...recording.disruptions, at, cause: zeros, outcome: zeros, process: new Int32Array(size)}
  Object.assign(ledger, {columns: {...ledger.columns, at, kind: zeros}})
  const log = new Log({ledger, recording: {...recording, disruptions}})
  expect([log.length, log.after(1000), log.at(2001)]).toEqual([1_000_000, 2002, 1000])
})
