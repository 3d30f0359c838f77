import fc from 'fast-check'
import {expect, test} from 'vitest'
import type {Finding} from '../../sim/lint/finding.ts'
import {findingsOf, soundWith} from './sample.ts'

const edge = 'release.edge.options'
const pods = 'release.pods.options'

/** For each path values of which some do and some do not. */
const values: Readonly<Record<string, readonly string[]>> = {
  'tiers.edge.hosts': ['1', '2', '7', '40'],
  'tiers.edge.cores': ['1', '8'],
  'tiers.edge.keepAlive': ['5s', '75s', '1h'],
  'tiers.edge.link': ['0s', '700ms', '{lognormal: {mean: 80ms, sigma: 1}}'],
  'tiers.edge.cpu.handshake': ['0s', '20ms'],
  'tiers.edge.behind.l4lb.udpTimeout': ['1s', '30s'],
  'tiers.broker.session.cpu': ['0s', '1s'],
  'traffic.web.rate': [
    '1/s',
    '60/s',
    '{day: {mean: 40/s, swing: 50%, period: 1h, peakAt: 30m}}',
    '{points: [[0s, 1/s], [5m, 90/s]]}',
  ],
  'traffic.api.service': ['0s', '40s', '{exponential: 10s}', '{pareto: {mean: 1s, shape: 1.5}}'],
  'traffic.web.retry.attempts': ['0', '1', '5'],
  'traffic.web.retry.budget': ['none', '20%', '100%'],
  'traffic.web.retry.jitter': ['none', 'full'],
  'traffic.chat.connections': ['0', '1000', '2000000'],
  'traffic.chat.lifetime': ['forever', '10m', '{exponential: 3h}', '{pareto: {mean: 10m, shape: 1.5}}'],
  'traffic.chat.reconnect.jitter': ['none', 'equal', 'full', 'decorrelated'],
  'traffic.chat.reconnect.base': ['1ms', '1s', '2m'],
  'traffic.chat.reconnect.cap': ['1s', '1m', '3h'],
  'traffic.chat.reconnect.factor': ['1', '2'],
  'traffic.chat.reconnect.first': ['0s', '5s', '{exponential: 100ms}'],
  'traffic.quic.packet': ['1s', '10s', '29s'],
  'traffic.mqtt.renewal': ['44m', 'forever'],
  'traffic.mqtt.connections': ['100', '300000'],
  'release.edge.strategy': [
    'graceful-drain',
    'socket-takeover',
    'reuseport-steering',
    'rolling-update',
    'blue-green',
    'traefik',
  ],
  'release.redis.options.writePause': ['1s', '31s', '10m'],
  'tiers.redis.store.lag': ['1ms', '{exponential: 5s}', '{pareto: {mean: 1s, shape: 1.5}}'],
  'tiers.db.maxConnections': ['1', '50', '1000'],
  'tiers.shop.database.pool': ['1', '100'],
  'tiers.shop.database.versions': [
    '[{reads: [a], writes: [a]}, {reads: [b], writes: [b]}]',
    '[{reads: [a], writes: [a]}, {reads: [b, a], writes: [a, b], requires: [c]}, {reads: [c], writes: [c]}]',
    '[{reads: [a], writes: [a]}, {reads: [a], writes: [a], tolerates: [b]}, {reads: [b], writes: [a, b]}]',
  ],
  'release.shop.options.contractAfter': ['last request', 'deploy finished'],
  'release.shop.options.lockTimeout': ['500ms', 'none'],
  [`${pods}.preStop`]: ['0s', '2s', '60s'],
  [`${pods}.preStopEndsEarly`]: ['true', 'false'],
  [`${pods}.terminationGracePeriod`]: ['0s', '3s', '30s', 'none'],
  [`${pods}.propagation`]: ['0s', '{exponential: 3s}', '{pareto: {mean: 1s, shape: 2}}'],
  [`${pods}.unavailable`]: ['0', '1', '100%'],
  [`${pods}.surge`]: ['0', '2'],
}

/** What only some strategies know. */
const ofDrain: typeof values = {
  [`${edge}.batch`]: ['1', '20%', '100%'],
  [`${edge}.drainTimeout`]: ['0s', '1s', '10m', 'none'],
  [`${edge}.settle`]: ['0s', '1s'],
  [`${edge}.leaveFirst`]: ['true', 'false'],
  [`${edge}.gate`]: ['true', 'false'],
  [`${edge}.pause`]: ['0s', '2m'],
  [`${edge}.canary`]: ['true', 'false'],
  [`${edge}.tunnels`]: ['stay', 'cut', 'gradual'],
}
const ofTakeover: typeof values = {
  [`${edge}.udp`]: ['forward', 'pass', 'fresh'],
  [`${edge}.forwardFor`]: ['1s', 'none'],
  [`${edge}.again`]: ['10s', 'none'],
  [`${edge}.times`]: ['1', '5'],
  [`${edge}.admission`]: ['true', 'false'],
  [`${edge}.drainTimeout`]: ['1m', '10m', 'none'],
}

const ofHold: typeof values = {
  'release.app.options.failAfter': ['1s', '30s', 'none'],
  'release.app.options.work': ['0s', '40s'],
  'tiers.edge.frontTimeout': ['10s', 'none'],
  'traffic.slow.requestTimeout': ['5s', '5m'],
}
const holding = [
  'tiers.edge.upstream={to: app}',
  'tiers.app={kind: server, hosts: 2, boot: 5s}',
  'traffic.slow={kind: http, to: app, rate: 1/s, service: 1s}',
  'release.app={strategy: request-pause, at: 1m}',
]

const setsOf = (some: typeof values): fc.Arbitrary<string[]> =>
  fc
    .subarray(Object.entries(some))
    .chain(chosen => fc.tuple(...chosen.map(([path, them]) => fc.constantFrom(...them).map(it => `${path}=${it}`))))

const {'release.edge.strategy': _, ...ofAny} = values
const anySets = fc
  .oneof(
    fc.tuple(fc.constant(['release.edge.strategy=graceful-drain']), setsOf(ofDrain)),
    fc.tuple(fc.constant(['release.edge.strategy=socket-takeover']), setsOf(ofTakeover)),
    fc.tuple(fc.constant(holding), setsOf(ofHold)),
    fc.tuple(
      fc.constantFrom(...values['release.edge.strategy']!.map(it => [`release.edge={strategy: ${it}, at: 1m}`])),
      fc.constant([]),
    ),
  )
  .chain(([strategy, own]) => setsOf(ofAny).map(rest => [...strategy, ...own, ...rest]))

/** What a finding is about: a further one of the same rule in the same place would be the same mistake. */
const about = ({rule, found}: Finding): string => [rule, ...found.map(({path}) => path)].join(' ')

test('what is proposed instead, set as it is printed, takes that finding away', () => {
  fc.assert(
    fc.property(anySets, sets => {
      for (const finding of findingsOf(soundWith(...sets))) {
        if (finding.fix.length === 0) continue
        const left = findingsOf(soundWith(...sets, ...finding.fix)).map(about)
        expect([finding.fix, left]).not.toEqual([finding.fix, expect.arrayContaining([about(finding)])])
      }
    }),
    {numRuns: 150},
  )
})

test('every finding but a note has something to set instead', () => {
  fc.assert(
    fc.property(anySets, sets => {
      for (const {severity, fix, rule} of findingsOf(soundWith(...sets)))
        expect([rule, severity !== 'note' && fix.length === 0]).toEqual([rule, false])
    }),
    {numRuns: 100},
  )
})
