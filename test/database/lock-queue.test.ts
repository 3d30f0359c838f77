import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {fixed} from '../../sim/engine/distributions.ts'
import {millis, minutes, seconds} from '../../sim/engine/time.ts'
import {type Lock, type LockMode, LockQueue} from '../../sim/net/database/lock-queue.ts'
import type {FaultOptions} from '../../sim/net/options.ts'
import {run} from '../../sim/run.ts'
import type {OptionValue} from '../../sim/scenario/scenario.ts'
import {database, http, l4lb, probe, release, renaming, scenario, servers, uses} from '../harness.ts'
import {agree} from '../oracles/statistics.ts'

const modes: readonly LockMode[] = ['access-share', 'row-exclusive', 'access-exclusive']

describe('a queue of locks', () => {
  const steps = fc.array(fc.oneof(fc.constantFrom(...modes), fc.nat(20)), {maxLength: 60})

  test('grants them in the order in which they were asked for, and ACCESS EXCLUSIVE to nobody beside others', () => {
    fc.assert(
      fc.property(steps, steps => {
        const queue = new LockQueue()
        const granted: number[] = []
        const asked: Lock[] = []
        const released = new Set<number>()
        for (const step of steps) {
          const number = asked.length
          if (typeof step !== 'number') asked.push(queue.ask(0, step, () => granted.push(number)))
          else if (step < asked.length) {
            released.add(step)
            queue.release(asked[step]!)
          }
          const held = granted.filter(it => !released.has(it)).map(it => asked[it]!.mode)
          expect(held.includes('access-exclusive') ? held.length : 1).toBe(1)
          expect(granted).toEqual(granted.toSorted((a, b) => a - b))
          const waiting = asked.length - new Set([...granted, ...released]).size
          expect(queue.length).toBe(waiting)
        }
      }),
    )
  })

  test('has whoever comes after a waiting ALTER wait behind it, though a reader has the table', () => {
    const queue = new LockQueue()
    const granted: string[] = []
    const report = queue.ask(0, 'access-share', () => granted.push('report'))
    const alter = queue.ask(1, 'access-exclusive', () => granted.push('alter'))
    queue.ask(2, 'access-share', () => granted.push('reader'))
    queue.ask(3, 'row-exclusive', () => granted.push('writer'))
    expect(granted).toEqual(['report'])
    queue.release(report)
    expect(granted).toEqual(['report', 'alter'])
    queue.release(alter)
    expect(granted).toEqual(['report', 'alter', 'reader', 'writer'])
  })

  test('lets others through when the ALTER gives up', () => {
    const queue = new LockQueue()
    const granted: string[] = []
    queue.ask(0, 'access-share', () => granted.push('report'))
    const alter = queue.ask(1, 'access-exclusive', () => granted.push('alter'))
    queue.ask(2, 'access-share', () => granted.push('reader'))
    queue.release(alter)
    expect(granted).toEqual(['report', 'reader'])
  })
})

const report = (at: number, lasts: number): FaultOptions => ({
  kind: 'long-query',
  tier: 'db',
  host: 0,
  at: seconds(at),
  lasts: seconds(lasts),
})

/** A server that can ask as much as it likes, and a migration that begins at 10 s, and may be halted. */
const migration = (options: Record<string, OptionValue>, faults: readonly FaultOptions[], halt = Infinity) =>
  scenario({
    end: minutes(5),
    tiers: {
      app: servers(1, {
        behind: l4lb({probe: probe({interval: millis(1), fall: 1, rise: 1})}),
        database: uses({pool: 100_000, versions: renaming.slice(0, 2)}),
      }),
      db: database({maxConnections: 200_000}),
    },
    traffic: {web: http('app', 100)},
    release: [
      {
        ...release('app', 'schema-migration', {
          surge: 1,
          unavailable: 0,
          propagation: fixed(0),
          preStop: seconds(1),
          alterTime: millis(10),
          ...options,
        }),
        ...(halt < Infinity && {halt: seconds(halt)}),
      },
    ],
    faults,
  })

const migrate = (...it: Parameters<typeof migration>) => run(migration(...it)).report

describe('a migration that meets a long report', () => {
  test('stalls everybody for as long as the report goes on, without a lock_timeout', () => {
    const {databases} = migrate({lockTimeout: Infinity}, [report(5, 125)])
    const {lockWait, alter} = databases!.db!
    expect(alter).toMatchObject({tries: 1, timedOut: 0})
    expect(alter.longestWait).toBeCloseTo(120)
    // Whoever came first after the ALTER waited longest, and came within a tenth of a second with a chance of 1 − e^-10.
    expect(lockWait.longest).toBeGreaterThan(119.9)
    expect(lockWait.longest).toBeLessThan(120.01)
    // All who come in 120 s: 12,000 ± 110 (Poisson).
    agree(lockWait.blocked, 12_000, Math.sqrt(12_000))
  })

  test.each([0.5, 5])('stalls them for %s s at a time with one, as often as it tries', seconds_ => {
    const retry = {retryBase: seconds(10), retryCap: seconds(10)}
    const {databases} = migrate({lockTimeout: seconds(seconds_), ...retry}, [report(5, 125)])
    const {lockWait, alter} = databases!.db!
    // Tries are 5 to 10 s apart, for 120 s.
    expect(alter.timedOut).toBeGreaterThanOrEqual(Math.floor(120 / (10 + seconds_)))
    expect(alter.timedOut).toBeLessThanOrEqual(Math.ceil(120 / (5 + seconds_)))
    expect(alter.longestWait).toBeCloseTo(seconds_)
    expect(lockWait.longest).toBeLessThanOrEqual(seconds_)
    const blocked = alter.timedOut * seconds_ * 100
    agree(lockWait.blocked, blocked, Math.sqrt(blocked))
  })

  test('never gets its lock between reports that overlap: a cut-over that is tried for ever, 3 s at a time (gh-ost)', () => {
    // One begins every 10 s and lasts for 14: whoever waits for 3 s finds none that ends before the next one begins.
    const overlapping = Array.from({length: 13}, (_, k) => report(10 * k, 14))
    const constant = {lockTimeout: seconds(3), retryBase: seconds(1), retryCap: seconds(1)}
    const {databases, release} = migrate(constant, overlapping)
    const {alter, lockWait} = databases!.db!
    // From 10 s to the last 3 s of the last report a try takes 3 s, and its wait half a second to a second.
    expect(alter.timedOut).toBeGreaterThanOrEqual(Math.floor((131 - 10) / 4))
    expect(alter.timedOut).toBeLessThanOrEqual(Math.ceil((134 - 10) / 3.5))
    expect(lockWait.longest).toBeLessThanOrEqual(3.01)
    expect(release.app!.finishedAt).toBeGreaterThan(131)
  })
})

describe('a migration that is halted', () => {
  /** A report from 5 s to 130 s, and what its ALTER TABLE has come to, in what states and when. */
  const halted = (halt: number, options: Record<string, OptionValue>, faults = [report(5, 125)]) => {
    const {report: told, trace} = run(migration(options, faults, halt), {trace: true})
    const states = trace!.events.flatMap(event => (event.kind === 'alter' ? [event.state] : []))
    return {...told.databases!.db!, states, ...told.release.app!}
  }
  const patient = {retryBase: minutes(1), retryCap: minutes(1)}

  test('tries no more, though it would have had its lock when the report was done', () => {
    // Its first try is over after half a second, and the wait before the next takes half a minute or more.
    const {states, alter, haltedAt, finishedAt} = halted(30, {lockTimeout: seconds(0.5), ...patient})
    expect(states).toEqual(['waits', 'times out'])
    expect(alter).toMatchObject({tries: 1, timedOut: 1})
    expect([haltedAt, finishedAt]).toEqual([30, 30])
  })

  test('waits for its lock no longer, and who waits behind it goes on at once', () => {
    const {states, alter, lockWait, finishedAt} = halted(30, {lockTimeout: Infinity})
    expect(states).toEqual(['waits', 'is cancelled'])
    expect(alter).toEqual({tries: 1, timedOut: 0, longestWait: 20})
    expect(lockWait.longest).toBeLessThanOrEqual(20)
    agree(lockWait.blocked, 2_000, Math.sqrt(2_000))
    expect(finishedAt).toBe(30)
  })

  test('is done with the statement that has its lock, and goes on with nothing', () => {
    const {states, finishedAt, divergentRows} = halted(12, {alterTime: seconds(5)}, [])
    expect(states).toEqual(['waits', 'holds', 'done'])
    expect(finishedAt).toBe(15)
    // The column is there, and empty.
    expect(divergentRows.end).toBe(1_000)
  })
})
