import {describe, expect, test} from 'vitest'
import {fixed} from '../../sim/engine/distributions.ts'
import {millis, minutes, seconds} from '../../sim/engine/time.ts'
import {database, http, l4lb, play, probe, proxies, release, renaming, servers, upstream, uses} from '../harness.ts'

const behind = l4lb({pick: 'random', probe: probe({interval: millis(1), fall: 1, rise: 1})})

/** A second fleet beside the first, with pools of its own. */
const twoFleets = (hosts: number, pool: number, maxConnections: number) =>
  play({
    end: minutes(1),
    tiers: {
      app: servers(hosts, {behind, database: uses({pool, versions: renaming.slice(0, 1)})}),
      db: database({maxConnections}),
    },
    traffic: {web: http('app', 100)},
    release: [release('app', 'blue-green', {settle: seconds(5)})],
  })

describe('two generations of a program', () => {
  test('have twice the connections, and nobody is refused where there may be that many', () => {
    const {databases, disruption} = twoFleets(4, 10, 80)
    expect(databases!.db!.connections).toEqual({peak: 80, refused: 0})
    expect(disruption.count).toBe(0)
  })

  test('have as many as there may be, and each process that finds none tries once, and with each request', () => {
    const {databases, traffic} = twoFleets(4, 10, 60)
    const {peak, refused} = databases!.db!.connections
    expect(peak).toBe(60)
    expect(refused).toBe(2 + traffic.web!.causes['no-connection']!)
    expect(traffic.web!.failed).toBe(traffic.web!.causes['no-connection'])
  })
})

/** One server with one connection, on which each query takes a second. */
const busy = (perSecond: number, options = {}) => ({
  end: minutes(2),
  tiers: {
    app: servers(1, {behind, database: uses({pool: 1, query: fixed(seconds(1)), writes: 1})}),
    db: database({}, 10),
  },
  traffic: {web: http('app', perSecond, options)},
})

describe('a query', () => {
  test('waits for a connection of its process, and is answered after whoever came before', () => {
    const {traffic} = play(busy(0.9))
    expect(traffic.web!.latency.p50).toBeGreaterThan(1)
    expect(traffic.web!.completed + traffic.web!.open).toBe(traffic.web!.started)
  })

  test('goes on when whoever asked has gone, and what it writes is written', () => {
    const {traffic, databases} = play(busy(0.2, {requestTimeout: millis(900)}))
    expect(traffic.web!.completed).toBe(0)
    // Whoever had a connection to wait for has gone before it was free.
    expect(databases!.db!.writes).toBeGreaterThan(0)
    expect(traffic.web!.timedOut).toBeGreaterThanOrEqual(databases!.db!.writes)
  })

  test('ends with its process, whose locks and connections are free at once', () => {
    const slow = {
      edge: proxies(1, {upstream: upstream('app')}),
      app: servers(1, {database: uses({pool: 5, query: fixed(minutes(10))})}),
      db: database({maxConnections: 5}),
    }
    const {
      traffic,
      databases,
      release: released,
    } = play({
      end: minutes(1),
      tiers: slow,
      traffic: {web: http('app', 1)},
      release: [release('app', 'hard-restart')],
    })
    expect(traffic.web!.causes['server-lost']).toBeGreaterThan(0)
    // The next process finds all five free.
    expect(databases!.db!.connections).toEqual({peak: 5, refused: 0})
    expect(released.app!.finishedAt).not.toBeNull()
  })
})
