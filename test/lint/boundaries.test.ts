import {describe, expect, test} from 'vitest'
import {rules} from '../../sim/lint/rules.ts'
import {rulesAt} from './sample.ts'

const edge = 'release.edge.options'
const pods = 'release.pods.options'
const shop = 'release.shop.options'
const redis = 'release.redis.options'
const failover = (syncTimeout: string) =>
  `release.redis={strategy: failover, at: 1m, options: {syncTimeout: ${syncTimeout}}}`
const takeover = [`release.edge.strategy=socket-takeover`]

const hard = (boot: string, pause: string) => [
  `release.edge={strategy: hard-restart, at: 1m, options: {gate: false, pause: ${pause}}}`,
  `tiers.edge.boot.time=${boot}`,
]

const pause = [
  'tiers.edge.upstream={to: app}',
  'tiers.app={kind: server, hosts: 2, boot: 5s}',
  'traffic.slow={kind: http, to: app, rate: 1/s, service: 1s}',
  'release.app={strategy: request-pause, at: 1m}',
]

const versions = 'tiers.shop.database.versions'
const old = '{reads: [a], writes: [a]}'
const both = '{reads: [b], writes: [a, b]}'

/** A rule, values that just do, and values that just do not. */
const boundaries: readonly [rule: string, does: readonly string[], doesNot: readonly string[]][] = [
  // 99.9 % of 0 to 2 s are 1.998 s, and a round trip of 100 ms comes on top.
  ['closes-too-soon', [`${pods}.preStop=2098ms`], [`${pods}.preStop=2097ms`]],
  ['closes-too-soon', [`${edge}.settle=100ms`], [`${edge}.settle=99ms`]],
  ['closes-too-soon', [`${pods}.preStopEndsEarly=false`], [`${pods}.preStopEndsEarly=true`]],
  // Requests come for 1.998 s, and take 10 s and 100 ms of way; on connections that are there they come for 5 s of preStop.
  [
    'grace-too-short',
    ['traffic.api.service=10s', `${pods}.terminationGracePeriod=12098ms`],
    ['traffic.api.service=10s', `${pods}.terminationGracePeriod=12097ms`],
  ],
  [
    'grace-too-short',
    [
      'traffic.api={kind: keep-alive, to: pods, connections: 9, rate: 1/s, service: 10s}',
      `${pods}.terminationGracePeriod=15100ms`,
    ],
    [
      'traffic.api={kind: keep-alive, to: pods, connections: 9, rate: 1/s, service: 10s}',
      `${pods}.terminationGracePeriod=15099ms`,
    ],
  ],
  ['grace-too-short', [`${pods}.terminationGracePeriod=5s`], [`${pods}.terminationGracePeriod=4999ms`]],
  ['stops-before-leaving', [`${edge}.leaveFirst=true`], [`${edge}.leaveFirst=false`]],
  // Given back 25 s after SIGTERM, killed after 30 s.
  ['jobs-killed', ['tiers.workers.jobs.requeueAfter=29999ms'], ['tiers.workers.jobs.requeueAfter=30s']],
  [
    'jobs-killed',
    ['traffic.mail.duration=30s', 'tiers.workers.jobs.requeueAfter=none'],
    ['traffic.mail.duration=31s', 'tiers.workers.jobs.requeueAfter=none'],
  ],
  // One second of lag, and 30 s until the last application host has moved.
  ['pause-too-short', [`${redis}.writePause=31001ms`], [`${redis}.writePause=31s`]],
  ['failover-aborts', [failover('1001ms')], [failover('1s')]],
  // 8 hosts are left, with 64 cores; the handshake of each request costs another thousandth.
  ['capacity-below-load', ['traffic.web.rate=63/s'], ['traffic.web.rate=64/s', 'tiers.edge.boot.warmup=0s']],
  [
    'capacity-below-load',
    [`${edge}.batch=9`, 'tiers.edge.boot.warmup=0s', 'traffic.web.rate=7/s'],
    [`${edge}.batch=100%`],
  ],
  // With 8 of 10 hosts and twice the cost, 32 cores of work are all that 64 can do.
  ['warm-up-overload', ['traffic.web.rate=31.9/s'], ['traffic.web.rate=32/s']],
  ['warm-up-overload', ['traffic.web.rate=39/s', `${edge}.pause=60s`], ['traffic.web.rate=39/s', `${edge}.pause=59s`]],
  ['ungated', hard('11s', '10s'), hard('11s', '9999ms')],
  // Away for less than the two intervals that three failures take at least, a host has never left.
  ['ungated', hard('10s', '0s'), hard('10001ms', '0s')],
  // Who fails its health checks is not out before two intervals, and back after two.
  ['ungated', [`${edge}.gate=false`], [`${edge}.gate=false`, 'tiers.edge.behind.l4lb.probe.rise=3']],
  // A batch of 2 of 10 hosts kills 160,000 connections, and 8 hosts of 8 cores greet 64,000 in a second.
  [
    'storm-over-capacity',
    ['traffic.chat.connections=800000', `${edge}.tunnels=cut`, 'traffic.chat.reconnect.base=2500ms'],
    ['traffic.chat.connections=800000', `${edge}.tunnels=cut`, 'traffic.chat.reconnect.base=2499ms'],
  ],
  [
    'generations-pile-up',
    [...takeover, `${edge}.admission=false`, `${edge}.again=10m`],
    [...takeover, `${edge}.admission=false`, `${edge}.again=599s`],
  ],
  // A second of what is under way, and five of boot.
  ['hold-outlasts', [...pause, 'release.app.options.failAfter=6001ms'], [...pause, 'release.app.options.failAfter=6s']],
  ['hold-outlasts', [...pause, 'tiers.edge.frontTimeout=6001ms'], [...pause, 'tiers.edge.frontTimeout=6s']],
  ['hold-outlasts', [...pause, 'traffic.slow.requestTimeout=6001ms'], [...pause, 'traffic.slow.requestTimeout=6s']],
  ['hold-outlasts', [...pause, 'release.app.options.work=23999ms'], [...pause, 'release.app.options.work=24s']],
  ['packets-go-astray', [...takeover, `${edge}.udp=forward`], [...takeover, `${edge}.udp=pass`]],
  ['packets-go-astray', [...takeover, `${edge}.forwardFor=10m`], [...takeover, `${edge}.forwardFor=599s`]],
  // 10 requests in each of 1,200 s, of which e^(-K/100 s) × 2 × 50 ms/100 s meet the end of the idle time K.
  ['keep-alive-race', ['tiers.edge.keepAlive=249s'], ['tiers.edge.keepAlive=248s']],
  ['idle-flow-forgotten', ['traffic.quic.packet=30s'], ['traffic.quic.packet=30001ms', 'traffic.quic.idleTimeout=2m']],
  ['idle-flow-forgotten', ['traffic.quic.packet=30s'], ['tiers.edge.behind.l4lb.udpTimeout=4s']],
  // Four processes and one beside them, with ten connections each.
  ['pools-over-ceiling', ['tiers.db.maxConnections=50'], ['tiers.db.maxConnections=49']],
  [
    'pools-over-ceiling',
    ['release.shop={strategy: blue-green, at: 1m}', 'tiers.db.maxConnections=80'],
    ['release.shop={strategy: blue-green, at: 1m}', 'tiers.db.maxConnections=79'],
  ],
  ['contract-too-soon', [`${shop}.contractAfter=last request`], [`${shop}.contractAfter=deploy finished`]],
  [
    'reads-before-filled',
    [`${versions}=[${old}, {reads: [a], writes: [a, b]}, {reads: [b], writes: [a, b]}]`],
    [`${versions}=[${old}, {reads: [b], writes: [a, b]}]`],
  ],
  // Rows are copied after the first deploy, and not after the first version that writes the column.
  [
    'reads-before-filled',
    [`${versions}=[${old}, {reads: [a], writes: [a, b]}, ${both}, ${both}]`],
    [`${versions}=[${old}, ${old}, ${both}, ${both}]`],
  ],
  // What falls back on the old column gets old values of rows that first a new server and then an old one wrote.
  [
    'reads-before-filled',
    [`${versions}=[${old}, {reads: [b, a], writes: [a, b]}]`, 'tiers.shop.database.writes=0%'],
    [`${versions}=[${old}, {reads: [b, a], writes: [a, b]}]`, 'tiers.shop.database.writes=1%'],
  ],
  ['alter-without-limit', [`${shop}.lockTimeout=10m`], [`${shop}.lockTimeout=none`]],
  ['without-jitter', ['traffic.chat.reconnect.jitter=equal'], ['traffic.chat.reconnect.jitter=none']],
  [
    'without-jitter',
    ['traffic.web.retry.jitter=none'],
    ['traffic.web.retry.jitter=none', 'traffic.web.retry.attempts=1'],
  ],
  ['without-jitter', ['traffic.chat.reconnect.first={exponential: 5s}'], ['traffic.chat.reconnect.first=5s']],
  ['backoff-without-cap', ['traffic.chat.reconnect.cap=10m'], ['traffic.chat.reconnect.cap=601s']],
  [
    'backoff-without-cap',
    ['traffic.chat.reconnect.cap=1h', 'traffic.chat.reconnect.factor=1'],
    ['traffic.chat.reconnect.cap=1h'],
  ],
  [
    'retry-without-budget',
    ['traffic.web.retry.attempts=2', 'traffic.web.retry.budget=199%'],
    ['traffic.web.retry.attempts=2', 'traffic.web.retry.budget=200%'],
  ],
  ['renewal-in-step', ['traffic.mqtt.renewal={exponential: 44m}'], ['traffic.mqtt.renewal=44m']],
  ['max-age-in-step', ['tiers.edge.maxAge={time: 10m}'], ['tiers.edge.maxAge={time: 10m, jitter: 0%}']],
  // What is left of 10 minutes is uniform: more than D with a chance of 1 - D / 10 min.
  ['drain-cuts', [`${edge}.drainTimeout=599400ms`], [`${edge}.drainTimeout=599399ms`]],
  ['drain-cuts', [`${edge}.drainTimeout=none`], [`${edge}.tunnels=cut`]],
]

test('a scenario by which nothing is wrong is found to be sound', () => {
  expect(rulesAt()).toEqual([])
})

describe.each(boundaries)('%s', (rule, does, doesNot) => {
  test('finds nothing where it just fits, and something where it just does not', () => {
    expect(rulesAt(...does)).not.toContain(rule)
    expect(rulesAt(...doesNot)).toContain(rule)
  })
})

test('every rule has a boundary here, an evidence that can be followed, and a name of its own', () => {
  expect(new Set(boundaries.map(([rule]) => rule))).toEqual(new Set(rules.map(({name}) => name)))
  expect(new Set(rules.map(({name}) => name)).size).toBe(rules.length)
  for (const {evidence, wants} of rules) {
    expect(evidence).toMatch(/^https:\/\/[\w.-]+\/\S+$/)
    expect(wants).toMatch(/^[A-Z].*\.$/)
  }
})
