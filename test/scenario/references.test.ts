import {describe, expect, test} from 'vitest'
import {accepted, but, errorsOf, sample} from './sample.ts'

describe('names that a scenario uses', () => {
  test.each([
    [but('to: app}\n  app', 'to: ap}\n  app'), 'x.yaml:8:20 tiers.edge.upstream.to: found "ap", wanted a tier: "app"'],
    [but('http, to: app', 'http, to: apple'), 'x.yaml:11:25 traffic.web.to: found "apple", wanted a tier: "app"'],
    [
      but('websocket, to: edge', 'websocket, to: nowhere'),
      'x.yaml:14:31 traffic.chat.to: found "nowhere", wanted a tier: one of "edge", "app"',
    ],
    [but('release:\n  edge', 'release:\n  egde'), 'x.yaml:16:3 release.egde: found "egde", wanted a tier: "edge"'],
    [but('edge.3', 'edgy.3'), 'x.yaml:18:17 faults.0.host-dies: found "edgy", wanted a tier: "edge"'],
    [
      but('edge.3', 'edge.4'),
      'x.yaml:18:17 faults.0.host-dies: found host 4 of 4, wanted a host from edge.0 to edge.3',
    ],
    [but('swap', 'swop'), 'x.yaml:16:20 release.edge.strategy: found "swop", wanted "swap"'],
    [
      but('traffic.web.refused', 'traffic.wbe.refused'),
      'x.yaml:20:3 expect.traffic.wbe.refused: found a path that leads to no "wbe", wanted a workload: "web"',
    ],
  ])('are looked up (%#)', (text, error) => {
    expect(errorsOf(text)).toContain(error)
  })

  test('a strategy releases only the kinds of tier that it suits', () => {
    expect(errorsOf(but('swap', 'pull'))).toEqual([
      'x.yaml:16:20 release.edge.strategy: found "pull", which suits only tiers of kind server, wanted for a proxy: "swap"',
    ])
  })

  test('one mistake hides no other', () => {
    const text = but('hosts: 4', 'hosts: four').replace('http, to: app', 'http, to: ap').replace('swap', 'swop')
    expect(errorsOf(text).map(error => error.split(' ')[1])).toEqual([
      'tiers.edge.hosts:',
      'traffic.web.to:',
      'release.edge.strategy:',
    ])
  })
})

describe('a balancer', () => {
  const breaks = (fault: string) => but('{host-dies: edge.3, at: 2m}', fault)
  const ownsConnections =
    'found a balancer that ends connections itself, wanted one with `pick: maglev`, which can lose a host and no connection with it'

  test('has hosts of its own, which can die', () => {
    const {world} = accepted(breaks('{l4-host-dies: edge/l4.1, at: 2m, lasts: 10s}'))
    expect(world.faults).toEqual([{kind: 'l4-host-dies', tier: 'edge/l4', host: 1, at: 120_000_000, lasts: 10_000_000}])
  })

  test.each([
    ['{l4-host-dies: edge/l4.2, at: 2m}', 'found host 2 of 2, wanted a host from edge/l4.0 to edge/l4.1'],
    ['{l4-host-dies: app/l4.0, at: 2m}', 'found "app/l4", wanted a tier: "edge/l4"'],
    ['{host-dies: edge/l4.0, at: 2m}', 'found "edge/l4", wanted a tier: "edge"'],
  ])('is named by the tier behind it: %s', (fault, error) => {
    expect(errorsOf(breaks(fault)).map(line => line.slice(line.indexOf(': ') + 2))).toEqual([error])
  })

  test('that holds connections itself cannot lose a host', () => {
    const text = breaks('{l4-host-dies: edge/l4.0, at: 2m}').replace('l4lb', '{l4lb: {pick: random}}')
    expect(errorsOf(text)).toEqual([`x.yaml:18:20 faults.0.l4-host-dies: ${ownsConnections}`])
  })

  test('is released by strategies that suit it alone', () => {
    expect(errorsOf(but('  edge: {strategy', '  edge/l4: {strategy'))[0]).toMatch(
      /release."edge\/l4".strategy: found "swap", which suits only tiers of kind proxy or server, wanted for a balancer/,
    )
  })
})

describe('a change of the pool', () => {
  const changes = (change: string) => `${sample}changes:\n  - ${change}\n`

  test('adds hosts or removes one', () => {
    expect(accepted(changes('{adds: app, hosts: 3, at: 1m}')).world.changes).toEqual([
      {kind: 'adds', tier: 'app', hosts: 3, at: 60_000_000},
    ])
    expect(accepted(changes('{removes: edge.1, at: 1m}')).world.changes).toEqual([
      {kind: 'removes', tier: 'edge', host: 1, at: 60_000_000},
    ])
  })

  test('may be how a workload reconnects, in what it gives', () => {
    expect(accepted(changes('{reconnect: chat, at: 1m, base: 3s, jitter: none}')).world.changes).toEqual([
      {kind: 'reconnects', workload: 'chat', at: 60_000_000, backoff: {base: 3_000_000, jitter: 'none'}},
    ])
    const all = '{reconnect: chat, at: 1m, first: {exponential: 1s}, base: 3s, factor: 3, cap: 9s, jitter: equal}'
    expect(accepted(changes(all)).world.changes).toMatchObject([
      {backoff: {first: {mean: 1e6}, base: 3e6, factor: 3, cap: 9e6, jitter: 'equal'}},
    ])
  })

  test.each([
    ['{reconnect: chatt, at: 1m, base: 1s}', 'reconnect: found "chatt", wanted a workload that reconnects: "chat"'],
    [
      '{reconnect: web, at: 1m, base: 1s}',
      'reconnect: found "web", which does not reconnect, wanted a workload that reconnects: "chat"',
    ],
    ['{reconnect: chat, at: 2h, base: 1s}', 'at: found "2h", wanted an instant before the end at 1h'],
    ['{reconnect: chat, at: 1m, jitter: ful}', 'jitter: found "ful", wanted "full"'],
    ['{reconnect: chat, at: 1m, bases: 1s}', 'bases: found an unknown key, wanted "base"'],
  ])('of a reconnect is checked: %s', (change, error) => {
    expect(errorsOf(changes(change)).map(line => line.slice(line.indexOf(' ') + 1))).toEqual([`changes.0.${error}`])
  })

  test('that changes nothing is refused', () => {
    expect(errorsOf(changes('{reconnect: chat, at: 1m}'))).toEqual([
      expect.stringMatching(/changes\.0: found a map, wanted what becomes different, such as `base: 5s`/),
    ])
  })

  test.each([
    ['{adds: ap, at: 1m}', 'changes.0.adds: found "ap", wanted a tier: "app"'],
    ['{removes: edge.4, at: 1m}', 'changes.0.removes: found host 4 of 4, wanted a host from edge.0 to edge.3'],
    ['{adds: app, at: 2h}', 'changes.0.at: found "2h", wanted an instant before the end at 1h'],
    [
      '{adds: app, hosts: 100000, at: 1m}',
      'tiers.app.hosts: found 100002 hosts with 600 buckets each, wanted fewer, or a longer resolution',
    ],
  ])('is checked like everything else: %s', (change, error) => {
    expect(errorsOf(changes(change)).map(line => line.slice(line.indexOf(' ') + 1))).toEqual([error])
  })
})

describe('the way of a request', () => {
  const tiers = (text: string) => `end: 1h\ntiers:\n${text}`

  test('begins at a tier behind a balancer', () => {
    expect(errorsOf(but('    behind: l4lb\n', ''))).toEqual([
      'x.yaml:3:3 tiers.edge: found a tier that nobody reaches, wanted `behind: l4lb` in it, or a proxy with it as its upstream',
      'x.yaml:8:3 tiers.app: found a tier that nobody reaches, wanted `behind: l4lb` in it, or a proxy with it as its upstream',
    ])
  })

  test('never comes back to where it was', () => {
    const errors = errorsOf(
      tiers(
        '  a: {kind: proxy, hosts: 1, boot: 1s, behind: l4lb, upstream: {to: b}}\n' +
          '  b: {kind: proxy, hosts: 1, boot: 1s, upstream: [{to: c}, {to: a}]}\n' +
          '  c: {kind: server, hosts: 1, boot: 1s}\n',
      ),
    )
    expect(errors).toEqual([
      expect.stringContaining('tiers.a.upstream.to: found "b", from which requests come back to "a"'),
      expect.stringContaining('tiers.b.upstream.1.to: found "a", from which requests come back to "b"'),
    ])
  })

  test('goes over HTTP/2 only to a tier with a balancer', () => {
    const errors = errorsOf(
      tiers(
        '  a: {kind: proxy, hosts: 1, boot: 1s, behind: l4lb, upstream: {to: b, http2: {}}}\n' +
          '  b: {kind: proxy, hosts: 1, boot: 1s}\n',
      ),
    )
    expect(errors).toEqual([expect.stringContaining('tiers.a.upstream.to: found "b", which has no balancer')])
  })

  test('is said by `via` where several proxies lead to one tier', () => {
    const both = (via: string) =>
      tiers(
        '  a: {kind: proxy, hosts: 1, boot: 1s, behind: l4lb, upstream: {to: c}}\n' +
          '  b: {kind: proxy, hosts: 1, boot: 1s, behind: l4lb, upstream: {to: c}}\n' +
          '  c: {kind: server, hosts: 1, boot: 1s}\n' +
          `traffic: {web: {kind: http, to: c, ${via}rate: 1/s, service: 1ms}}`,
      )
    expect(errorsOf(both('via: a, '))).toEqual([])
    expect(errorsOf(both('via: aa, '))).toEqual([
      expect.stringContaining('traffic.web.via: found "aa", wanted a tier behind a balancer that leads to c: "a"'),
    ])
  })

  test('is clear: two proxies that lead to one tier are one too many', () => {
    const errors = errorsOf(
      tiers(
        '  a: {kind: proxy, hosts: 1, boot: 1s, behind: l4lb, upstream: {to: c}}\n' +
          '  b: {kind: proxy, hosts: 1, boot: 1s, behind: l4lb, upstream: {to: c}}\n' +
          '  c: {kind: server, hosts: 1, boot: 1s}\n' +
          'traffic: {web: {kind: http, to: c, rate: 1/s, service: 1ms}}',
      ),
    )
    expect(errors).toEqual([expect.stringContaining('found "c", which both a and b lead to')])
  })

  test('goes straight to a tier that is behind a balancer itself', () => {
    accepted(but('app: {kind: server,', 'app: {kind: server, behind: l4lb,'))
  })
})

describe('instants', () => {
  test('of releases and faults are before the end', () => {
    expect(errorsOf(but('at: 1m', 'at: 1h').replace('at: 2m', 'at: 90m'))).toEqual([
      'x.yaml:16:30 release.edge.at: found "1h", wanted an instant before the end at 1h',
      'x.yaml:18:29 faults.0.at: found "90m", wanted an instant before the end at 1h',
    ])
  })

  test('of a halt are after its release begins, and before the end', () => {
    const halt = (at: string) => but('at: 1m}', `at: 1m, halt: ${at}}`)
    expect(accepted(halt('61s')).releases).toEqual([
      {tier: 'edge', strategy: 'swap', at: 60_000_000, halt: 61_000_000, options: {}},
    ])
    expect(errorsOf(halt('1m'))).toEqual([
      'x.yaml:16:40 release.edge.halt: found "1m", wanted an instant after the release begins at 1m',
    ])
    expect(errorsOf(halt('1h'))).toEqual([
      'x.yaml:16:40 release.edge.halt: found "1h", wanted an instant before the end at 1h',
    ])
    expect(errorsOf(halt('soon'))).toEqual([expect.stringMatching(/^x\.yaml:16:40 release\.edge\.halt: found "soon"/)])
  })

  test('a resolution that would make a million buckets is refused', () => {
    expect(errorsOf(`resolution: 1ms\n${sample}`)).toEqual([
      'x.yaml:1:13 resolution: found "1ms", wanted at most 100000 of it until the end',
    ])
  })
})

describe('expectations', () => {
  const wish = (text: string) => sample.replace('traffic.web.refused: 0', () => text)

  test('may be of another strategy, by its name', () => {
    expect(accepted(wish('pull:\n    traffic.web.refused: {atLeast: 3}')).expect).toEqual([
      {path: 'traffic.web.refused', under: 'pull', atLeast: 3, line: 21},
    ])
  })

  test('of a strategy that nobody knows are refused', () => {
    expect(errorsOf(wish('sawp: {traffic.web.refused: 3}'))).toEqual([
      'x.yaml:20:3 expect.sawp: found "sawp", wanted "swap"',
    ])
    expect(errorsOf(wish('refused: 3'))).toEqual([expect.stringContaining('the name of a strategy')])
  })

  test('of connections are only of workloads that keep them', () => {
    expect(errorsOf(wish('connections.web.bounces.mean: 0'))).toEqual([
      expect.stringContaining('wanted a workload of kind keep-alive, websocket, quic or mqtt: one of "pool", "chat"'),
    ])
  })
})
