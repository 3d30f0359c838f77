import {describe, expect, test} from 'vitest'
import {fixed, forever} from '../../sim/engine/distributions.ts'
import {hours, millis, minutes, seconds} from '../../sim/engine/time.ts'
import type {BackoffOptions, RetryOptions} from '../../sim/net/options.ts'
import {critical, distance} from '../engine/kolmogorov-smirnov.ts'
import {http, l4lb, type Play, probe, proxies, release, websockets} from '../harness.ts'
import {confidence, range, sum} from './statistics.ts'
import {watch} from './watch.ts'

const users = 5_000
const base = seconds(1)
const cap = seconds(20)
const growth = {base, factor: 3, cap}

/** Every host is killed after ten seconds, refuses whoever comes, and is never taken out of rotation. */
const refusing = (end: number, traffic: Play['traffic']): Play => ({
  end,
  tiers: {
    edge: proxies(2, {
      boot: {time: fixed(hours(1)), cores: 0, warmup: 0, slowdown: 1},
      behind: l4lb({probe: probe({interval: hours(10)})}),
    }),
  },
  ...(traffic === undefined ? {} : {traffic}),
  release: [release('edge', 'hard-restart', {batch: 2})],
})

/** The first waits of every user, one after the other: an attempt is refused at the instant at which it is made. */
function waits(reconnect: BackoffOptions, count: number): number[][] {
  const [last, found] = [new Map<number, number>(), new Map<number, number[]>()]
  const it = refusing(minutes(3), {chat: websockets('edge', users, forever, {reconnect})})
  watch(it, 1, {
    closed: (at, _workload, row) => {
      last.set(row, at)
      found.set(row, [])
    },
    reconnects: (at, _workload, row) => {
      found.get(row)!.push(at - last.get(row)!)
      last.set(row, at)
    },
  })
  return [...found.values()].map(each => each.slice(0, count))
}

/**
 * The largest distance of 5,000 samples from their law is below √(-ln(5e-7) / 10,000) = 0.038 with a chance of 1 - 1e-6:
 * a range that is 4 % longer or shorter would show.
 */
function isUniform(samples: readonly number[], from: number, to: number): void {
  const survival = (x: number) => Math.min(1, Math.max(0, (to - x) / (to - from)))
  expect(samples.length).toBeGreaterThan(users / 10)
  expect(distance(samples, survival)).toBeLessThan(critical(samples.length, confidence))
}

describe('the k-th wait before a reconnect, from 1 s by a factor of 3 up to 20 s', () => {
  const full = [1, 3, 9, 20, 20].map(seconds)
  const kth = (all: readonly number[][], k: number) => all.map(each => each[k]!)

  test('is what it is without jitter', () => {
    const all = waits({...growth, jitter: 'none'}, 5)
    expect(all.length).toBe(users)
    expect(new Set(all.map(String))).toEqual(new Set([String(full)]))
  })

  test('is anywhere between half of it and all of it with equal jitter', () => {
    const all = waits({...growth, jitter: 'equal'}, 5)
    for (const [k, most] of full.entries()) isUniform(kth(all, k), most / 2, most)
  })

  test('is anywhere up to it with full jitter', () => {
    const all = waits({...growth, jitter: 'full'}, 5)
    for (const [k, most] of full.entries()) isUniform(kth(all, k), 0, most)
  })

  test('is anywhere from the base to three times the wait before with decorrelated jitter, and the cap at most', () => {
    // As in the simulation of the AWS Architecture Blog, the wait before the first is the base.
    const all = waits({...growth, jitter: 'decorrelated'}, 5)
    isUniform(kth(all, 0), base, 3 * base)
    for (const k of range(4)) {
      const uncapped = all.filter(each => 3 * each[k]! < cap)
      const shares = uncapped.map(each => (each[k + 1]! - base) / (3 * each[k]! - base))
      isUniform(
        shares.map(share => Math.round(share * 1e9)),
        0,
        1e9,
      )
    }
    const longest = Math.max(...all.flat())
    expect(longest).toBe(cap)
  })

  test('is the first wait’s own, where it has a law of its own, and then as if that had not been', () => {
    const all = waits({...growth, first: fixed(millis(1234)), jitter: 'none'}, 3)
    expect(new Set(all.map(String))).toEqual(new Set([String([millis(1234), seconds(1), seconds(3)])]))
  })
})

describe('the retries of a request', () => {
  const retry: RetryOptions = {attempts: 2, budget: 1e9, base, factor: 2, cap: hours(1), jitter: 'none'}
  const rate = {
    kind: 'points',
    points: [
      {at: 0, perSecond: 100},
      {at: seconds(60), perSecond: 100},
      {at: seconds(60) + 1, perSecond: 0},
    ],
  } as const

  /** How often each request that was refused in the end had been tried again: j waits take 2^j - 1 seconds. */
  function retries(options: RetryOptions): {requests: number; tries: number[]} {
    const tries: number[] = []
    let requests = 0
    watch(refusing(minutes(10), {api: http('edge', 100, {rate, retry: options})}), 1, {
      started: () => {
        requests++
      },
      ended: (...[at, , , , , , took]) => {
        if (at >= seconds(10)) tries.push(Math.log2(took / base + 1))
      },
    })
    return {requests, tries}
  }

  test('are as many as it may make', () => {
    const {tries} = retries(retry)
    expect(tries.length).toBeGreaterThan(4_000)
    expect(new Set(tries)).toEqual(new Set([2]))
  })

  test('are no more than the budget of all, and no fewer while every one of them would like to', () => {
    const budget = 0.2
    const {requests, tries} = retries({...retry, attempts: 8, budget})
    expect(tries.every(Number.isInteger)).toBe(true)
    expect(sum(tries)).toBe(Math.ceil(budget * requests))
  })
})
