import {readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {minutes, seconds} from '../../sim/engine/time.ts'
import {starter} from '../../sim/scenario/starter.ts'
import {strategies as shipped} from '../../sim/strategies/index.ts'
import {accepted, but, sample} from './sample.ts'

describe('a scenario', () => {
  const {world, ...scenario} = accepted(sample)

  test('has a default for all that the file leaves open', () => {
    expect(scenario).toMatchObject({name: 'x', title: 'x', question: '', seed: 1})
    expect(world).toMatchObject({end: minutes(60), resolution: seconds(6)})
    expect(world.tiers.edge).toMatchObject({
      cores: 8,
      boot: {cores: 1, warmup: 0, slowdown: 2},
      cpu: {handshake: 500, request: 50},
      memory: {process: 2 ** 29, connection: 2 ** 15},
      backlog: 4096,
      closeTime: 50,
      queue: Number.POSITIVE_INFINITY,
      keepAlive: seconds(75),
      idleClose: {when: 'drain', spread: 0},
      saysClose: true,
      behind: {
        hosts: 2,
        pick: 'maglev',
        hash: '5-tuple',
        connectionTable: 8_000_000,
        probe: {interval: seconds(5), timeout: seconds(1), fall: 3, rise: 2, phase: 'random'},
      },
      upstream: [
        {
          to: 'app',
          persistent: true,
          redispatch: 3,
          retryIdempotent: false,
          bufferUploads: false,
        },
      ],
    })
    expect(world.traffic.web).toMatchObject({
      connectTimeout: seconds(10),
      requestTimeout: seconds(30),
      idempotent: true,
      retry: {attempts: 0, budget: 0.2, base: 100_000, factor: 2, cap: seconds(5), jitter: 'full'},
    })
    expect(world.traffic.chat).toMatchObject({
      lifetime: {mean: Number.POSITIVE_INFINITY},
      message: seconds(30),
      reconnect: {base: seconds(1), factor: 2, cap: minutes(1), jitter: 'full'},
    })
  })

  test('reaches proxies over the Internet and servers in the same place', () => {
    expect(world.tiers.edge!.link.latency.mean).toBe(20_000)
    expect(world.tiers.app!.link.latency.mean).toBe(500)
    expect(world.tiers.app!.cpu).toEqual({handshake: 50, request: 0})
  })

  test('has no key for what is not there', () => {
    expect(world.tiers.app).not.toHaveProperty('behind')
    expect(world.tiers.app).not.toHaveProperty('upstream')
    expect(world.traffic.web).not.toHaveProperty('patience')
    expect(world.traffic.web).not.toHaveProperty('link')
    expect(accepted(but('rate: 10/s', 'patience: none, rate: 10/s')).world.traffic.web).not.toHaveProperty('patience')
    expect(accepted(but('rate: 10/s', 'patience: 9s, rate: 10/s')).world.traffic.web).toMatchObject({
      patience: {mean: seconds(9)},
    })
  })

  test('may send an upload twice only if the file says so', () => {
    expect(world.traffic.body).toMatchObject({idempotent: false, duration: {mean: seconds(40)}})
  })

  test('tells its releases and faults in the order of the file', () => {
    expect(scenario.releases).toEqual([{tier: 'edge', strategy: 'swap', at: minutes(1), options: {}}])
    expect(world.faults).toEqual([
      {kind: 'host-dies', tier: 'edge', host: 3, at: minutes(2), lasts: Number.POSITIVE_INFINITY},
    ])
    const stalled = but('host-dies: edge.3, at: 2m', 'host-stalls: app.0, at: 2m, lasts: 5s')
    expect(accepted(stalled).world.faults).toEqual([
      {kind: 'host-stalls', tier: 'app', host: 0, at: minutes(2), lasts: seconds(5)},
    ])
  })
})

describe('other ways to write', () => {
  const tier = (key: string, value: string) => {
    const {world} = accepted(but('boot: 5s}', `boot: 5s, ${key}: ${value}}`))
    return world.tiers.app!
  }

  test.each([
    ['2ms', 2_000, 0],
    ['{exponential: 2ms}', 2_000, 0],
    ['{latency: {exponential: 2ms}, loss: 1%}', 2_000, 0.01],
  ])('a link as %s', (text, mean, loss) => {
    expect(tier('link', text).link).toMatchObject({latency: {mean}, loss})
  })

  test.each([
    ['at drain', {when: 'drain', spread: 0}],
    ['on response', {when: 'response', spread: 0}],
    ['{spread: 10s}', {when: 'drain', spread: seconds(10)}],
  ])('idle connections closed %s', (text, idleClose) => {
    expect(tier('idleClose', text).idleClose).toEqual(idleClose)
  })

  test('a boot with its warm-up', () => {
    const {world} = accepted(
      but('boot: 8s', 'boot: {time: {uniform: {from: 5s, to: 9s}}, cores: 2, warmup: 30s, slowdown: 3}'),
    )
    expect(world.tiers.edge!.boot).toMatchObject({
      time: {mean: seconds(7)},
      cores: 2,
      warmup: seconds(30),
      slowdown: 3,
    })
  })

  test('a queue of a hundred, or of any length', () => {
    expect(tier('queue', '100').queue).toBe(100)
    expect(tier('queue', 'none').queue).toBe(Number.POSITIVE_INFINITY)
  })

  test('rates that change', () => {
    const rate = (text: string) => accepted(but('rate: 10/s', `rate: ${text}`)).world.traffic.web
    expect(rate('{points: [[0s, 100/s], [1h, 60/m]]}')).toMatchObject({
      rate: {
        kind: 'points',
        points: [
          {at: 0, perSecond: 100},
          {at: 3.6e9, perSecond: 1},
        ],
      },
    })
    expect(rate('{day: {mean: 300/s, swing: 50%}}')).toMatchObject({
      rate: {kind: 'day', mean: 300, swing: 0.5, period: 86.4e9, peakAt: 50.4e9},
    })
  })

  test('options of a strategy, only those that the file sets', () => {
    const options = (text: string) => accepted(but('at: 1m}', `at: 1m, options: ${text}}`)).releases[0]!.options
    expect(options('{batch: 25%, drainTimeout: none, gate: false, order: random}')).toEqual({
      batch: 0.25,
      drainTimeout: Number.POSITIVE_INFINITY,
      gate: false,
      order: 'random',
    })
    expect(options('{batch: 3}')).toEqual({batch: 3})
    expect(options('{batch: 100%}')).toEqual({batch: Number.POSITIVE_INFINITY})
  })

  test('expectations in the units of the report', () => {
    const wish = (text: string) => accepted(but('traffic.web.refused: 0', `release.edge.duration: ${text}`)).expect[0]
    const at = {path: 'release.edge.duration', line: 20}
    expect(wish('90m')).toEqual({...at, is: 5400})
    expect(wish('{atLeast: 95%, atMost: 0.99}')).toEqual({...at, atLeast: 0.95, atMost: 0.99})
    expect(wish('{is: 400/s, within: 5%}')).toEqual({...at, is: 400, within: 0.05})
    expect(wish('{atMost: 1KiB}')).toEqual({...at, atMost: 1024})
    expect(wish('null')).toEqual({...at, is: null})
  })

  test('anchors and aliases, for what occurs twice', () => {
    const {world} = accepted(
      but('service: 5ms}\n  pool', 'service: &s {exponential: 5ms}}\n  pool').replace(
        '5/s, service: 5ms',
        '5/s, service: *s',
      ),
    )
    expect(world.traffic.pool).toMatchObject({service: {kind: 'exponential'}})
  })

  test('JSON, which is YAML', () => {
    const json = '{"end": "1h", "tiers": {"a": {"kind": "server", "hosts": 1, "boot": "5s", "behind": "l4lb"}}}'
    expect(accepted(json).world.tiers.a!.hosts).toBe(1)
  })
})

describe('what is shipped', () => {
  test('the starter file is a scenario for the shipped strategies', () => {
    const {world, releases, expect: wishes} = accepted(starter, {strategies: shipped})
    expect(Object.values(world.traffic).map(({kind}) => kind)).toEqual(['http', 'upload', 'websocket'])
    expect(world.tiers.edge!.hosts).toBe(5)
    expect(releases).toMatchObject([{tier: 'edge', strategy: 'socket-takeover'}])
    expect(wishes.map(({under}) => under)).toContain('hard-restart')
  })

  test('edge-release is 20 proxies, a fifth at a time, 20 minutes of drain and four kinds of traffic', () => {
    const {world, releases} = accepted(readFileSync('scenarios/edge-release.yaml', 'utf8'), {strategies: shipped})
    expect(world.tiers.edge!.hosts).toBe(20)
    expect(releases[0]!.options).toMatchObject({batch: 0.2, drainTimeout: minutes(20)})
    expect(
      Object.values(world.traffic)
        .map(({kind}) => kind)
        .sort(),
    ).toEqual(['http', 'keep-alive', 'upload', 'websocket'])
  })
})
