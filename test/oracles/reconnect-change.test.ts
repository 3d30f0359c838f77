import {describe, expect, test} from 'vitest'
import {fixed, forever} from '../../sim/engine/distributions.ts'
import {hours, minutes, seconds} from '../../sim/engine/time.ts'
import type {BackoffOptions, ChangeOptions} from '../../sim/net/options.ts'
import {l4lb, type Play, play, probe, proxies, release, websockets} from '../harness.ts'
import {watch} from './watch.ts'

const users = 20_000
/** Before the change: anything up to 20 s. */
const reconnect: BackoffOptions = {base: seconds(20), factor: 2, cap: minutes(1), jitter: 'full'}

/**
 * Two hosts with half of the connections each. The first is killed at 10 s, the second a minute later; each is back in the
 * instant in which it goes, so that nobody is refused.
 */
const killedInTurn = (...changes: ChangeOptions[]): Play => ({
  end: minutes(3),
  tiers: {
    edge: proxies(2, {
      boot: {time: fixed(0), cores: 0, warmup: 0, slowdown: 1},
      behind: l4lb({pick: 'least-connections', probe: probe({interval: hours(10)})}),
    }),
  },
  traffic: {chat: websockets('edge', users, forever, {reconnect})},
  changes,
  release: [release('edge', 'hard-restart', {batch: 1, pause: minutes(1)})],
})

const change = (at: number, backoff: Partial<BackoffOptions>): ChangeOptions => ({
  kind: 'reconnects',
  at: seconds(at),
  workload: 'chat',
  backoff,
})

/** When connections are asked for again, in the order of time: after the first kill, and after the second. */
function asked(it: Play): {first: number[]; second: number[]} {
  const at: number[] = []
  watch(it, 1, {reconnects: now => at.push(now)})
  return {first: at.filter(now => now < seconds(70)), second: at.filter(now => now >= seconds(70))}
}

const plain = asked(killedInTurn())

describe('a change of how clients reconnect, between two kills', () => {
  test('has them all come back in one instant, a base after the second, where it takes their jitter away', () => {
    const {second} = asked(killedInTurn(change(60, {jitter: 'none', base: seconds(3)})))
    expect(second.length).toBe(plain.second.length)
    expect(new Set(second)).toEqual(new Set([seconds(73)]))
  })

  test('leaves as it was what it does not speak of', () => {
    expect(new Set(asked(killedInTurn(change(60, {jitter: 'none'}))).second)).toEqual(new Set([seconds(90)]))
    const [one, other] = [change(60, {jitter: 'none'}), change(61, {base: seconds(5)})]
    expect(new Set(asked(killedInTurn(one, other)).second)).toEqual(new Set([seconds(75)]))
  })

  test('does not touch the waits of those who wait already', () => {
    // At 15 s half of what the first kill cut is still to come back, up to 30 s.
    const {first} = asked(killedInTurn(change(15, {jitter: 'none', base: seconds(3)})))
    expect(first.filter(at => at > seconds(15)).length).toBeGreaterThan(users / 4)
    expect(first).toEqual(plain.first)
  })

  test('holds for whoever loses a connection in its own instant, and for nobody before', () => {
    const none = {jitter: 'none', base: seconds(3)} as const
    expect(new Set(asked(killedInTurn(change(70, none))).second)).toEqual(new Set([seconds(73)]))
    expect(asked(killedInTurn(change(71, none))).second).toEqual(plain.second)
  })

  test('makes one instant of 20 seconds', () => {
    // Half of all over 20 s is 500 in a second, 22 more or less: of 40 seconds the highest is within 5.5 deviations but
    // for a chance of 8e-7. Without jitter all of them come in one.
    const peak = (...changes: ChangeOptions[]) =>
      play(killedInTurn(...changes)).connections.chat!.reconnects.peakPerSecond
    expect(peak()).toBeLessThan(500 + 5.5 * 22.4)
    expect(peak(change(60, {jitter: 'none'}))).toBe(users / 2)
  })
})
