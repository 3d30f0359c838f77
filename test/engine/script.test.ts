import fc from 'fast-check'
import {expect, test} from 'vitest'
import {Condition, type Script, sleep, together, until} from '../../sim/engine/script.ts'
import {Simulator} from '../../sim/engine/simulator.ts'

/** A simulator whose scripts write down what they did, as `time what`. */
function told(...scripts: ((say: (what: string) => void, sim: Simulator) => Script)[]): string[] {
  const sim = new Simulator(1)
  const history: string[] = []
  const say = (what: string) => history.push(`${sim.now} ${what}`)
  for (const script of scripts) sim.start(script(say, sim))
  sim.run(1_000)
  return history
}

/** Sets a condition at each of some times, beginning with true and turn by turn. */
const toggles = (condition: Condition, ...times: number[]): Script =>
  (function* (): Script {
    let now = 0
    for (const [i, time] of times.entries()) {
      if (time > now) yield* sleep(time - now)
      now = time
      condition.set(i % 2 === 0)
    }
  })()

test('scripts sleep side by side and take turns in the order in which they began', () => {
  const sleeper = (name: string) =>
    function* (say: (what: string) => void): Script {
      say(name)
      yield* sleep(10)
      say(name)
      yield* sleep(0)
      say(name)
    }
  expect(told(sleeper('a'), sleeper('b'))).toEqual(['0 a', '0 b', '10 a', '10 b', '10 a', '10 b'])
})

test('a sleep for ever schedules nothing and never ends', () => {
  const sim = new Simulator(1)
  sim.start(sleep(Infinity), () => expect.unreachable())
  sim.run()
  expect([sim.now, sim.pending]).toEqual([0, 0])
})

test('sleeping is rounded to a microsecond; a negative or undefined time is refused where it was asked for', () => {
  expect(
    told(function* (say) {
      yield* sleep(0.6)
      say('rounded')
      for (const wrong of [-1, NaN])
        try {
          yield* sleep(wrong)
        } catch (error) {
          say(String(error))
        }
    }),
  ).toEqual([
    '1 rounded',
    '1 RangeError: cannot wait for -1 µs: a wait is 0 or longer',
    '1 RangeError: cannot wait for NaN µs: a wait is 0 or longer',
  ])
})

test('who waits for what holds goes straight on', () => {
  const condition = new Condition(true)
  expect(
    told(function* (say, sim) {
      const before = sim.executed
      say(String(yield* until(condition, {within: 0})))
      say(String(sim.executed - before))
    }),
  ).toEqual(['0 true', '0 0'])
})

test('until is true once its condition holds, false when the limit passes', () => {
  const condition = new Condition()
  expect(
    told(
      function* (say) {
        say(String(yield* until(condition, {within: 5})))
        say(String(yield* until(condition, {within: 50})))
        say(String(yield* until(condition)))
      },
      () => toggles(condition, 20),
    ),
  ).toEqual(['5 false', '20 true', '20 true'])
})

test('all who wait are resumed in the order in which they began to wait, and not from inside set', () => {
  const condition = new Condition()
  const waiter = (name: string) =>
    function* (say: (what: string) => void): Script {
      yield* until(condition)
      say(name)
    }
  expect(
    told(waiter('a'), waiter('b'), function* (say) {
      yield* sleep(3)
      condition.set(true)
      say('set')
    }),
  ).toEqual(['3 set', '3 a', '3 b'])
})

test('a condition that ceased to hold within the same instant has woken nobody, and the limit goes on', () => {
  const condition = new Condition()
  expect(
    told(
      function* (say) {
        say(String(yield* until(condition, {within: 30})))
      },
      () => toggles(condition, 10, 10, 20, 20),
    ),
  ).toEqual(['30 false'])
})

test('a condition that flickers and holds in the end wakes once', () => {
  const condition = new Condition()
  const history = told(
    function* (say, sim) {
      say(String(yield* until(condition, {within: 30})))
      yield* sleep(100)
      say(`${sim.pending} pending`)
    },
    () => toggles(condition, 10, 10, 10),
  )
  expect(history).toEqual(['10 true', '110 0 pending'])
})

test('a condition that comes to hold at the very limit counts, whichever was scheduled first', () => {
  for (const late of [false, true]) {
    const condition = new Condition()
    const waiter = function* (say: (what: string) => void): Script {
      say(String(yield* until(condition, {within: 10})))
    }
    const setter = () => toggles(condition, 10)
    // The limit of a waiter that began first comes before the set: then it does not hold yet.
    expect(late ? told(waiter, setter) : told(setter, waiter)).toEqual([late ? '10 false' : '10 true'])
  }
})

test('a set in the model, outside any script, wakes too', () => {
  const sim = new Simulator(1)
  const condition = new Condition()
  const history: string[] = []
  sim.at(
    7,
    sim.kind('set', () => condition.set(true)),
    0,
  )
  sim.start(until(condition), held => history.push(`${sim.now} ${held}`))
  sim.run()
  expect(history).toEqual(['7 true'])
})

test('together waits for the last, keeps the order of results, and nests', () => {
  const answer = function* (after: number): Script<number> {
    yield* sleep(after)
    return after
  }
  expect(
    told(function* (say) {
      say(String(yield* together([answer(30), answer(10), answer(20)])))
      say(String((yield* together([])).length))
      const nested = [together([answer(1), answer(2)]), together([answer(5)])]
      say(JSON.stringify(yield* together(nested)))
    }),
  ).toEqual(['30 30,10,20', '30 0', '35 [[1,2],[5]]'])
})

test('what a script throws comes out of run, from within together too', () => {
  const failing = function* (): Script {
    yield* sleep(5)
    throw new TypeError('mine')
  }
  const sim = new Simulator(1)
  sim.start(together([sleep(1), failing()]))
  expect(() => sim.run()).toThrow(TypeError)
  expect(sim.now).toBe(5)
})

test('a script that finishes is told to whoever started it, with its result', () => {
  const sim = new Simulator(1)
  const results: string[] = []
  sim.start(
    (function* (): Script<string> {
      yield* sleep(4)
      return 'result'
    })(),
    result => results.push(`${sim.now} ${result}`),
  )
  expect(results).toEqual([])
  sim.run()
  expect(results).toEqual(['4 result'])
})

test('ten thousand scripts that come and go leave nothing behind', () => {
  const sim = new Simulator(1)
  const condition = new Condition()
  let done = 0
  for (let i = 0; i < 10_000; i++) sim.start(until(condition, {within: i % 100}), () => done++)
  sim.at(
    50,
    sim.kind('set', () => condition.set(true)),
    0,
  )
  sim.run()
  expect([done, sim.pending, sim.now]).toEqual([10_000, 0, 50])
})

test('no wake-up is missed: until tells what a list of the toggles tells', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({min: 1, max: 100}), {maxLength: 12}),
      fc.nat(100),
      fc.nat(60),
      (toggleTimes, start, within) => {
        // Even times are for toggles, odd ones for the waiter, so that nothing is simultaneous.
        const times = toggleTimes.sort((a, b) => a - b).map(time => 2 * time)
        const begin = 2 * start + 1
        const limit = 2 * within
        const condition = new Condition()
        const history = told(
          function* (say) {
            yield* sleep(begin)
            say(String(yield* until(condition, {within: limit})))
          },
          () => toggles(condition, ...times),
        )
        expect(history).toEqual([expected(times, begin, limit)])
      },
    ),
    {seed: 1, numRuns: 500},
  )
})

function expected(times: readonly number[], begin: number, limit: number): string {
  const holdsAlready = times.filter(time => time < begin).length % 2 === 1
  if (holdsAlready) return `${begin} true`
  const next = times.find((time, i) => time > begin && i % 2 === 0)
  return next !== undefined && next < begin + limit ? `${next} true` : `${begin + limit} false`
}

test('a script that yields what is no wait is told how to wait', () => {
  const forgetsTheStar = function* (): Script {
    yield sleep(1) as never
  }
  expect(() => told(forgetsTheStar)).toThrow(/waits with yield\* sleep/)
})

test('a script that goes round in a circle is stopped, for no time would ever pass', () => {
  const circle = function* (): Script {
    for (;;) yield* sleep(0)
  }
  expect(() => told(circle)).toThrow('scripts go on and on, and no time passes')
})
