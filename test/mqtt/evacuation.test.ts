import {describe, expect, test} from 'vitest'
import {exponential, fixed} from '../../sim/engine/distributions.ts'
import {hours, minutes, seconds} from '../../sim/engine/time.ts'
import type {Report} from '../../sim/metrics/report.ts'
import type {SessionOptions} from '../../sim/net/options.ts'
import {brokers, mqtt, play, proxies, release, upstream} from '../harness.ts'
import {agree, binomialDeviation} from '../oracles/statistics.ts'

const users = 6_000
const {pick: _, ...byUser} = upstream('broker')[0]!
const wait = seconds(30)
const options = {
  batch: 1,
  canary: true,
  waitHealthCheck: seconds(60),
  connEvictRate: 100,
  waitTakeover: seconds(60),
  sessEvictRate: 100,
}

/** One of two brokers with some 3,000 users is evacuated, and has booted in 2 s. */
function evacuate({
  session = {},
  ...other
}: {session?: Partial<SessionOptions>} & Partial<typeof options> = {}): Report {
  const first = {...mqtt('broker', 0).reconnect, first: exponential(wait)}
  const broker = brokers(2, {session: {life: hours(1), cpu: 0, takeover: true, ...session}})
  return play({
    end: minutes(10),
    tiers: {edge: proxies(2, {upstream: [byUser]}), broker},
    traffic: {chat: mqtt('broker', users, {reconnect: first})},
    release: [release('broker', 'evacuation', {...options, ...other}, seconds(10))],
  })
}

describe('the evacuation of a broker', () => {
  test('ends each of its connections once, at its rate, and loses no session', () => {
    const {traffic, sessions, connections} = evacuate()
    const {evicted} = traffic.chat!.causes
    expect(evicted).toBe(traffic.chat!.reset)
    agree(evicted!, users / 2, binomialDeviation(users, 0.5) + 0.02 * users)
    // Who comes back late finds its session where it was put: there is but one other broker.
    const {kept, takenOver, evacuated, lost} = sessions!.chat!
    expect([kept + takenOver, kept <= evacuated, lost]).toEqual([evicted, true, 0])
    // 100 a second are spread by their waits, and never come faster than they went, but by chance.
    expect(connections.chat!.reconnects.peakPerSecond).toBeLessThan(100 + 6 * 10)
  })

  test('takes the waits, the connections over their rate, the sessions over theirs, and a boot', () => {
    const {traffic, sessions, release} = evacuate()
    const rest = traffic.chat!.reset / 100 + sessions!.chat!.evacuated / 100
    // And until it is in rotation again: two answers, a second apart, to proxies that have been asking all the time.
    const back = release.broker!.duration! - 60 - 60 - 2 - rest
    expect([back >= 1, back <= 2.1]).toEqual([true, true])
  })

  test('gives to others the sessions of those who are away: exp(-t/w) w c (1 - exp(-L/w))', () => {
    // Evicted in L seconds at c = 100/s; those of s seconds before the last are away with exp(-(60 + s)/30). While sessions
    // are given away, some of their users come: in some 4 s about one in ten.
    const {traffic, sessions} = evacuate({waitTakeover: seconds(60)})
    const length = traffic.chat!.reset / 100
    const away = Math.exp(-2) * 30 * 100 * (1 - Math.exp(-length / 30))
    agree(sessions!.chat!.evacuated, away, Math.sqrt(away) + 0.1 * away)
  })

  test('loses all of the sessions where brokers are no cluster, and none of them is told of in the report', () => {
    const {traffic, sessions} = evacuate({session: {takeover: false}})
    expect(traffic.chat!.causes.evicted).toBeGreaterThan(2_500)
    expect(sessions).toBeUndefined()
  })

  test('loses the sessions that are over before their users are back', () => {
    const {sessions} = evacuate({session: {life: seconds(30)}})
    // A wait is longer than 30 s with a chance of 1/e.
    const {takenOver, lost} = sessions!.chat!
    agree(lost, (takenOver + lost) / Math.E, binomialDeviation(takenOver + lost, 1 / Math.E))
  })

  test('suits brokers, and waits for nobody if there are none', () => {
    const {release: told} = play({
      end: minutes(10),
      tiers: {
        edge: proxies(2, {upstream: [byUser]}),
        broker: brokers(2, {boot: {time: fixed(seconds(2)), cores: 0, warmup: 0, slowdown: 1}}),
      },
      release: [release('broker', 'evacuation', options, seconds(10))],
    })
    expect(told.broker!.duration).toBeGreaterThan(122)
  })
})
