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
