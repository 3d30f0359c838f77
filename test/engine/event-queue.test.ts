import fc from 'fast-check'
import {expect, test} from 'vitest'
import {EventQueue, noTimer, type Timer} from '../../sim/engine/event-queue.ts'

interface Entry {
  readonly time: number
  readonly row: number
  readonly timer: Timer
}

/** What the queue should do, written down as plainly as can be: a list, searched from the front. */
class Model {
  entries: Entry[] = []
  cancel(timer: Timer): void {
    this.entries = this.entries.filter(entry => entry.timer !== timer)
  }
  pop(end: number): Entry | undefined {
    const [head, ...rest] = this.entries
    if (head === undefined) return undefined
    const first = rest.reduce((best, entry) => (entry.time < best.time ? entry : best), head)
    if (first.time > end) return undefined
    this.entries.splice(this.entries.indexOf(first), 1)
    return first
  }
}

/** A queue and its model, which are asked the same things. */
class Pair {
  readonly queue = new EventQueue()
  readonly model = new Model()
  readonly timers: Timer[] = []
  now = 0

  push(delay: number): void {
    const row = this.timers.length
    const time = this.now + delay
    const timer = this.queue.push(time, row % 7, row)
    this.timers.push(timer)
    this.model.entries.push({time, row, timer})
  }

  /** Any timer there ever was, run and cancelled ones too. */
  cancel(which: number): void {
    const timer = this.timers[which % (this.timers.length + 1)] ?? noTimer
    this.queue.cancel(timer)
    this.model.cancel(timer)
  }

  pop(end = Infinity): boolean {
    const expected = this.model.pop(end)
    const popped = this.queue.pop(end)
    expect(popped).toBe(expected !== undefined)
    if (expected === undefined) return false
    const {time, row, kind} = this.queue
    expect({time, row, kind}).toEqual({time: expected.time, row: expected.row, kind: expected.row % 7})
    this.now = time
    return true
  }

  check(): void {
    expect(this.queue.size).toBe(this.model.entries.length)
  }
}

const delay = fc.oneof(
  {weight: 2, arbitrary: fc.constantFrom(0, 0, 1, 2, 60_000_000)},
  {weight: 4, arbitrary: fc.integer({min: 0, max: 1_000})},
  {weight: 2, arbitrary: fc.integer({min: 0, max: 1_000_000_000})},
  {weight: 1, arbitrary: fc.integer({min: 2 ** 40, max: 2 ** 50})},
)
const count = fc.integer({min: 1, max: 400})

const action = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .array(delay, {maxLength: 60})
      .map(delays => (pair: Pair) => times(delays.length, i => pair.push(delays[i]!))),
  },
  // Many at one time, and many at random times below a limit that is often small.
  {
    weight: 1,
    arbitrary: fc.tuple(count, delay).map(
      ([n, d]) =>
        (pair: Pair) =>
          times(n, () => pair.push(d)),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(count, fc.integer({min: 1, max: 1e9})).map(
      ([n, most]) =>
        (pair: Pair) =>
          times(n, i => pair.push((i * 7_919_777) % most)),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(count, fc.nat()).map(
      ([n, from]) =>
        (pair: Pair) =>
          times(n, i => pair.cancel(from + 3 * i)),
    ),
  },
  {weight: 4, arbitrary: count.map(n => (pair: Pair) => times(n, () => pair.pop()))},
  {
    weight: 1,
    arbitrary: fc.tuple(count, delay).map(
      ([n, d]) =>
        (pair: Pair) =>
          times(n, () => pair.pop(pair.now + d)),
    ),
  },
  // The hold model: each event schedules the next.
  {
    weight: 2,
    arbitrary: fc.tuple(count, delay).map(
      ([n, d]) =>
        (pair: Pair) =>
          times(n, () => pair.pop() && pair.push(d)),
    ),
  },
)

function times(n: number, act: (i: number) => void): void {
  for (let i = 0; i < n; i++) act(i)
}

test('whatever is scheduled, cancelled and taken out, events come in order of time and then of scheduling', () => {
  fc.assert(
    fc.property(fc.array(action, {maxLength: 25}), actions => {
      const pair = new Pair()
      for (const act of actions) {
        act(pair)
        pair.check()
      }
      while (pair.pop());
      pair.check()
    }),
    {seed: 1, numRuns: 300},
  )
})

test('a hundred thousand events, of which a third is cancelled, come out sorted', () => {
  const queue = new EventQueue()
  const spread = (i: number) => (i * 2_654_435_761) % 1_000_003
  const timers = Array.from({length: 100_000}, (_, i) => queue.push(spread(i), 0, i))
  for (let i = 0; i < timers.length; i += 3) queue.cancel(timers[i]!)
  const expected = timers
    .map((_, i) => i)
    .filter(i => i % 3 !== 0)
    .sort((a, b) => spread(a) - spread(b) || a - b)
  const rows: number[] = []
  while (queue.pop(Infinity)) rows.push(queue.row)
  expect(rows).toEqual(expected)
})

test('events that arrive while others leave keep their order over a million holds', () => {
  const queue = new EventQueue()
  let random = 1
  const next = (below: number) => {
    random = (random * 48_271) % 2_147_483_647
    return random % below
  }
  for (let i = 0; i < 20_000; i++) queue.push(next(1_000), 0, i)
  let last = {time: 0, row: 0}
  for (let i = 20_000; i < 1_020_000; i++) {
    queue.pop(Infinity)
    const {time, row} = queue
    if (time < last.time || (time === last.time && row < last.row)) expect({time, row}).toEqual('later')
    last = {time, row}
    // Mostly near, sometimes a thousand times as far, often at the very same time.
    queue.push(time + (i % 5 === 0 ? 0 : next(i % 100 === 0 ? 1_000_000 : 1_000)), 0, i)
  }
  expect(queue.size).toBe(20_000)
})

test('floods of one time keep their order, when a later one comes first and when more come while one runs', () => {
  const queue = new EventQueue()
  const count = 300
  for (let i = 0; i < count; i++) queue.push(2 ** 40, 0, count + i)
  for (let i = 0; i < count; i++) queue.push(5, 0, i)
  const rows: number[] = []
  while (queue.pop(Infinity)) {
    const {time, row} = queue
    rows.push(row)
    if (row < 2 * count) queue.push(time, 0, row + 2 * count)
  }
  const wave = (from: number) => Array.from({length: count}, (_, i) => from + i)
  expect(rows).toEqual([0, 2, 1, 3].flatMap(it => wave(it * count)))
})

test('a timer whose slot has been used again cancels nothing', () => {
  const queue = new EventQueue()
  const old = queue.push(1, 0, 1)
  queue.pop(Infinity)
  const fresh = queue.push(2, 0, 2)
  queue.cancel(old)
  expect(queue.size).toBe(1)
  queue.cancel(fresh)
  queue.cancel(fresh)
  queue.cancel(noTimer)
  expect(queue.size).toBe(0)
  expect(queue.pop(Infinity)).toBe(false)
})

test('cancelled events are not kept: a million time-outs that never fire need no room', () => {
  const queue = new EventQueue()
  queue.push(2 ** 50, 0, 0)
  const timers = new Set<number>()
  for (let i = 0; i < 1_000_000; i++) {
    const timer = queue.push(1_000_000 + i, 0, i)
    timers.add(timer % 2 ** 26)
    queue.cancel(timer)
  }
  expect(queue.size).toBe(1)
  expect(timers.size).toBeLessThan(10_000)
})
