import {expect, test} from 'vitest'
import {noTimer, Simulator} from '../../sim/engine/simulator.ts'

/** A simulator that notes what happened when. */
function noted() {
  const sim = new Simulator(1)
  const log: [time: number, row: number][] = []
  const note = sim.kind('note', row => log.push([sim.now, row]))
  return {sim, log, note}
}

test('events run in order of time, and at equal times in the order in which they were scheduled', () => {
  const {sim, log, note} = noted()
  sim.at(30, note, 0)
  sim.at(10, note, 1)
  sim.in(20, note, 2)
  sim.at(10, note, 3)
  expect(sim.pending).toBe(4)
  sim.run()
  expect(log).toEqual([
    [10, 1],
    [10, 3],
    [20, 2],
    [30, 0],
  ])
  expect([sim.now, sim.executed, sim.pending]).toEqual([30, 4, 0])
})

test('an event may schedule another for the same instant, which runs after those already there', () => {
  const {sim, log, note} = noted()
  const chain = sim.kind('chain', row => sim.in(0, note, row))
  sim.at(5, chain, 1)
  sim.at(5, note, 2)
  sim.run()
  expect(log).toEqual([
    [5, 2],
    [5, 1],
  ])
})

test('a cancelled event does not run; cancelling what has run, or nothing, does nothing', () => {
  const {sim, log, note} = noted()
  const first = sim.at(1, note, 1)
  const second = sim.at(2, note, 2)
  sim.cancel(second)
  sim.cancel(noTimer)
  sim.run()
  sim.cancel(first)
  sim.at(3, note, 3)
  sim.cancel(first)
  sim.cancel(second)
  sim.run()
  expect(log).toEqual([
    [1, 1],
    [3, 3],
  ])
})

test('run(end) runs the events at end, leaves later ones, and puts the clock to end', () => {
  const {sim, log, note} = noted()
  for (const time of [1, 5, 6]) sim.at(time, note, time)
  sim.run(5)
  expect([sim.now, sim.pending, log.length]).toEqual([5, 1, 2])
  sim.in(0, note, 0)
  sim.run(5)
  expect(log.at(-1)).toEqual([5, 0])
  sim.run(10)
  expect([sim.now, log.at(-1)]).toEqual([10, [6, 6]])
})

test.each([
  ['past', 4, /cannot schedule 'note' at 4 µs: it is already 5 µs/],
  ['broken', 6.5, /whole number/],
  ['infinite', Infinity, /whole number/],
  ['not a number', NaN, /whole number/],
  ['beyond 2^53', 2 ** 53, /whole number/],
])('a time that is %s is refused', (_, time, message) => {
  const {sim, note} = noted()
  sim.run(5)
  expect(() => sim.at(time, note, 0)).toThrow(RangeError)
  expect(() => sim.at(time, note, 0)).toThrow(message)
  expect(sim.pending).toBe(0)
})

test('what a handler throws comes out of run, and the simulator can go on after it', () => {
  const {sim, log, note} = noted()
  const broken = sim.kind('broken', () => {
    throw new TypeError('broken')
  })
  sim.at(1, broken, 0)
  sim.at(2, note, 0)
  expect(() => sim.run()).toThrow(TypeError)
  expect(sim.now).toBe(1)
  sim.run()
  expect(log).toEqual([[2, 0]])
})

test('run is refused inside an event, and to a time that is past', () => {
  const {sim} = noted()
  sim.at(
    7,
    sim.kind('inner', () => sim.run()),
    0,
  )
  expect(() => sim.run()).toThrow(/inside an event/)
  expect(() => sim.run(6)).toThrow(RangeError)
})

test('a stream is one stream, however often it is asked for', () => {
  const draws = (sim: Simulator) => [sim.random('a').uniform(), sim.random('a').uniform()]
  const [first, second] = draws(new Simulator(1))
  expect(first).not.toBe(second)
  expect(draws(new Simulator(1))).toEqual([first, second])
  expect(draws(new Simulator('1'))).toEqual([first, second])
  expect(draws(new Simulator(2))).not.toContain(first)
})

test('events of a day and of a century from now keep their microsecond', () => {
  const {sim, log, note} = noted()
  const century = 100 * 365 * 86_400 * 1_000_000
  sim.at(century + 1, note, 2)
  sim.at(century, note, 1)
  sim.at(86_400_000_000, note, 0)
  sim.run()
  expect(log.map(([time]) => time)).toEqual([86_400_000_000, century, century + 1])
})
