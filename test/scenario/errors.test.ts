import {describe, expect, test} from 'vitest'
import {but, errorsOf, parse, sample} from './sample.ts'

describe('an error', () => {
  test('carries file, line, column, path, what was found and what would do', () => {
    const result = parse(but('hosts: 4', 'hosts: twenty'))
    expect(result).toEqual({
      errors: [
        {
          file: 'x.yaml',
          line: 5,
          column: 12,
          path: 'tiers.edge.hosts',
          found: '"twenty"',
          wanted: 'a whole number from 1 to 100000',
        },
      ],
    })
  })

  test('is written in one line', () => {
    expect(errorsOf(but('hosts: 4', 'hosts: twenty'))).toEqual([
      'x.yaml:5:12 tiers.edge.hosts: found "twenty", wanted a whole number from 1 to 100000',
    ])
  })

  test('comes with all others, in the order of the file', () => {
    const text = but('hosts: 4', 'hosts: 0').replace('rate: 10/s', 'rat: 10/s').replace('5/s', 'often')
    expect(errorsOf(text)).toEqual([
      'x.yaml:5:12 tiers.edge.hosts: found 0, wanted a whole number from 1 to 100000',
      'x.yaml:11:3 traffic.web.rate: found nothing, wanted a rate such as 400/s or 30/m, at most 10000000/s, or {points: …} or {day: …}',
      'x.yaml:11:30 traffic.web.rat: found an unknown key, wanted "rate"',
      'x.yaml:12:60 traffic.pool.rate: found "often", wanted a rate such as 400/s or 30/m, at most 10000000/s, or {points: …} or {day: …}',
    ])
  })

  test('stands where an anchor does when an alias brings the value', () => {
    expect(errorsOf(but('boot: 8s', 'boot: &b {exponential: soon}').replace('boot: 5s', 'boot: *b'))).toEqual([
      expect.stringContaining('x.yaml:6:28 tiers.edge.boot.exponential: found "soon"'),
      expect.stringContaining('x.yaml:6:28 tiers.app.boot.exponential: found "soon"'),
    ])
  })
})

describe('an unknown key', () => {
  test.each([
    [but('hosts: 4', 'hosts: 4\n    core: 2'), 'tiers.edge.core: found an unknown key, wanted "cores"'],
    [
      but('boot: 5s', 'boot: 5s, upstream: {to: edge}'),
      'tiers.app.upstream: found an unknown key, wanted this key only where kind is proxy',
    ],
    [
      but('rate: 10/s', 'rate: 10/s, lifetime: 5s'),
      'traffic.web.lifetime: found an unknown key, wanted this key only where kind is websocket',
    ],
    [
      but('at: 1m', 'at: 1m, options: {drain_timeout: 5m}'),
      'release.edge.options.drain_timeout: found an unknown key, wanted "drainTimeout"',
    ],
    [`sede: 1\n${sample}`, 'sede: found an unknown key, wanted "seed"'],
    [
      but('behind: l4lb', 'behind: {l4lb: {probes: {}}}'),
      'tiers.edge.behind.l4lb.probes: found an unknown key, wanted "probe"',
    ],
    [but('boot: 8s', 'boot: {time: 8s, warmpu: 1s}'), 'tiers.edge.boot.warmpu: found an unknown key, wanted "warmup"'],
    [`toString: 1\n${sample}`, 'toString: found an unknown key, wanted one of "title"'],
  ])('is refused, and the nearest known one named (%#)', (text, error) => {
    expect(errorsOf(text).join('\n')).toContain(error)
  })
})

describe('a value', () => {
  test.each([
    ['hosts: 4', 'hosts: 100001', 'wanted a whole number from 1 to 100000'],
    ['hosts: 4', 'hosts: 1.5', 'found 1.5'],
    ['hosts: 4', 'hosts: -1', 'found -1'],
    ['hosts: 4', 'hosts: .inf', 'found Infinity, wanted a finite number'],
    ['hosts: 4', 'hosts: .nan', 'found NaN, wanted a finite number'],
    ['hosts: 4', 'hosts: 1e999', 'found Infinity, wanted a finite number'],
    ['hosts: 4', 'hosts: "4"', 'found "4"'],
    ['hosts: 4', 'hosts:', 'found nothing'],
    ['hosts: 4', 'hosts: 4\n    cores: 1025', 'found 1025, wanted a whole number from 1 to 1024'],
    [
      'hosts: 4',
      'hosts: 4\n    memory: {process: 512}',
      'found 512, wanted a size such as 512MiB or 32KiB, with its unit: 512MiB',
    ],
    [
      'hosts: 4',
      'hosts: 4\n    memory: {process: 9999TiB}',
      'found "9999TiB", wanted a size such as 512MiB or 32KiB, at most 16TiB',
    ],
    [
      'hosts: 4',
      'hosts: 4\n    link: {latency: 1ms, loss: 0.1}',
      'found 0.1, wanted a share such as 20%, with its unit: 10%, at most 50%',
    ],
    ['hosts: 4', 'hosts: 4\n    saysClose: yes', 'found "yes", wanted true or false'],
    ['hosts: 4', 'hosts: 4\n    idleClose: on drain', 'wanted "at drain"'],
    ['kind: proxy', 'kind: proxi', 'found "proxi", wanted "proxy"'],
    ['kind: proxy', 'kind: 7', 'found 7, wanted one of "proxy", "server"'],
    ['end: 1h', 'end: 3600', 'found 3600, wanted a duration such as 250ms, 20m or 1h30m, with its unit: 3600s'],
    ['end: 1h', 'end: 366d', 'found "366d", wanted a duration such as 250ms, 20m or 1h30m, at least 1ms, at most 365d'],
    ['end: 1h', 'end: 0s', 'found "0s"'],
    ['end: 1h', 'end: -1h', 'found "-1h"'],
    ['connections: 100', 'connections: 20000001', 'wanted a whole number from 0 to 20000000'],
    ['rate: 10/s', 'rate: 10', 'found 10, wanted a rate such as 400/s or 30/m, with its unit: 10/s'],
    ['rate: 10/s', 'rate: 1000000000/s', 'at most 10000000/s'],
    ['rate: 10/s', 'rate: {points: [[5s, 1/s], [5s, 2/s]]}', 'each later than the one before'],
    ['rate: 10/s', 'rate: {points: [[5s]]}', 'points.0.1: found nothing, wanted a rate'],
    ['rate: 10/s', 'rate: {day: {mean: 9000000/s, swing: 50%}}', 'whose peak is at most 10000000/s'],
    [
      'at: 1m',
      'at: 1m, options: {batch: 0.2}',
      'found 0.2, wanted a share of the hosts such as 20%, or a whole number of hosts',
    ],
    ['at: 1m', 'at: 1m, options: {batch: 0%}', 'found "0%", wanted a share such as 20%'],
    ['at: 1m', 'at: 1m, options: {pause: none}', 'found "none"'],
    ['at: 1m', 'at: 1m, options: {order: randm}', 'found "randm", wanted "random"'],
    ['edge.3', 'edge', 'found "edge", wanted a host such as edge.0'],
    ['refused: 0', 'refused: many', 'found "many", wanted a number of the report'],
    ['refused: 0', 'refused: {within: 5%}', 'wanted is, atLeast or atMost; within only beside a number in is'],
    ['refused: 0', 'refused: {atLeast: 3, atMost: 2}', 'atLeast no more than atMost'],
    ['refused: 0', 'refused: []', 'found an empty list'],
    ['tiers:', 'seed: -1\ntiers:', 'found -1, wanted a whole number from 0 to 9007199254740991'],
    ['  web:', '  9web:', 'found "9web", wanted a name for the workload: a letter'],
    ['  web:', '  a.b:', 'found "a.b", wanted a name for the workload'],
    ['behind: l4lb', 'behind: nginx', 'found "nginx", wanted "l4lb"'],
    ['service: 5ms', 'service: 5min', 'found "5min", wanted a duration such as 250ms'],
  ])('%s → %s is refused', (old, fresh, error) => {
    const errors = errorsOf(but(old, fresh))
    expect(errors.join('\n')).toContain(error)
    for (const line of errors) expect(line).toMatch(/^x\.yaml:\d+:\d+ /)
  })
})

describe('a file', () => {
  test.each([
    ['', 'x.yaml:1:1: found an empty file, wanted a map with title, question, end …'],
    ['# nothing but a comment\n', 'found an empty file'],
    ['- 1\n- 2\n', 'found a list, wanted a map'],
    ['hello', 'found "hello", wanted a map'],
    ['42', 'found 42, wanted a map'],
    [`${sample}---\n${sample}`, 'found a second document, wanted one'],
    [`${sample}end: 2h\n`, 'x.yaml:21:1: found the key "end" a second time, wanted it once'],
    ['tiers: {a: {kind: server}, a: 1}', 'tiers: found the key "a" a second time'],
    ['end: [1h', 'found what is no YAML'],
    ['end: 1h: 2h', 'found what is no YAML'],
    ['end: "1h', 'found what is no YAML (Missing closing "quote)'],
    ['\tend: 1h', 'found'],
    ['end: !duration 1h', 'end: found the tag "!duration", wanted no tag'],
    ['end: !!binary aGk=', 'found the tag "tag:yaml.org,2002:binary", wanted no tag'],
    ['!!set {a, b}', 'found the tag "tag:yaml.org,2002:set", wanted no tag'],
    ['end: *nowhere', 'end: found "*nowhere", wanted an anchor with this name before it'],
    ['? [a]\n: 1', 'found a key that is no plain text'],
    ['tiers: {}', 'x.yaml:1:8 tiers: found an empty map, wanted at least one tier'],
    ['tiers: [a]', 'tiers: found a list, wanted a map from names to tiers'],
    ['end: 1h', 'tiers: found nothing, wanted a map from names to tiers'],
  ])('of %j is refused', (text, error) => {
    expect(errorsOf(text).join('\n')).toContain(error)
  })
})
