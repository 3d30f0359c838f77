import fc from 'fast-check'
import * as laws from '../../sim/engine/distributions.ts'
import {micros, millis, minutes, seconds} from '../../sim/engine/time.ts'
import type {
  BackoffOptions,
  PageOptions,
  PublishOptions,
  RateCurve,
  RetryOptions,
  WorkloadOptions,
} from '../../sim/net/options.ts'
import {between, defined, law, oneOf, sometimes} from './basics.ts'
import {link} from './tiers.ts'
import {packets} from './udp.ts'

const rate: fc.Arbitrary<RateCurve> = fc.oneof(
  fc.record({kind: fc.constant('constant'), perSecond: fc.integer({min: 0, max: 40})}),
  fc
    .uniqueArray(fc.record({at: between(0, seconds(60)), perSecond: fc.integer({min: 0, max: 40})}), {
      minLength: 1,
      maxLength: 4,
      selector: point => point.at,
    })
    .map(points => ({kind: 'points' as const, points: points.toSorted((a, b) => a.at - b.at)})),
  fc.record({
    kind: fc.constant('day'),
    mean: fc.integer({min: 0, max: 20}),
    swing: oneOf(0, 0.5, 1),
    period: between(seconds(5), minutes(5)),
    peakAt: between(0, minutes(5)),
  }),
)

const backoff: fc.Arbitrary<BackoffOptions> = fc
  .record({
    first: sometimes(law(1, seconds(1))),
    base: between(millis(1), seconds(2)),
    factor: oneOf(1, 1.5, 2, 10),
    cap: between(millis(1), seconds(20)),
    jitter: oneOf('none', 'equal', 'full', 'decorrelated'),
  })
  .map(it => defined(it) as BackoffOptions)

const retry: fc.Arbitrary<RetryOptions> = fc
  .record({attempts: oneOf(0, 0, 1, 5), budget: oneOf(0, 0.2, 1, Infinity), backoff})
  .map(({backoff: waits, ...rest}) => ({...waits, ...rest}))

export const common = (tiers: readonly string[]) => ({
  to: fc.constantFrom(...tiers),
  link: sometimes(link),
  connectTimeout: oneOf(seconds(10), millis(1), millis(500), seconds(3)),
})

export const requests = (tiers: readonly string[]) => ({
  ...common(tiers),
  rate,
  service: law(1, millis(300)),
  requestTimeout: oneOf(seconds(30), millis(1), millis(200), seconds(2)),
  patience: sometimes(law(1, seconds(5))),
  idempotent: fc.boolean(),
  retry,
})

const sessions = (tiers: readonly string[]) => ({
  ...common(tiers),
  connections: fc.integer({min: 0, max: 60}),
  lifetime: fc.oneof(law(seconds(1), minutes(2)), fc.constant(laws.forever)),
  reconnect: backoff,
})

const publishes: fc.Arbitrary<PublishOptions> = fc.record({
  every: oneOf(seconds(1), millis(100), seconds(30), Infinity),
  qos: oneOf(0, 1),
  gap: oneOf('buffer', 'lose'),
})

const mqtt = fc.record({
  kind: fc.constant('mqtt'),
  ...sessions(['broker']),
  renewal: fc.oneof(law(seconds(1), minutes(2)), fc.constant(laws.forever)),
  keepAlive: oneOf(seconds(60), millis(10), Infinity),
  publish: fc.record({up: publishes, down: publishes}),
  resumes: fc.boolean(),
})

const job = fc.record({
  kind: fc.constant('job'),
  to: fc.constant('app'),
  rate,
  duration: law(1, seconds(20)),
  visibility: oneOf(minutes(30), millis(1), seconds(5), Infinity),
})

const page: fc.Arbitrary<PageOptions> = fc.record({
  life: law(1, minutes(2)),
  reload: fc.oneof(law(1, seconds(5)), fc.constant(laws.forever)),
  released: oneOf(Infinity, seconds(1), minutes(1)),
})

/**
 * A workload of any kind, to any of the tiers; over QUIC to the first of them, which clients reach without a proxy; of MQTT
 * if there is a broker.
 */
export const workload = (tiers: readonly string[]): fc.Arbitrary<WorkloadOptions> =>
  fc
    .oneof(
      ...kindsFor(tiers.filter(name => name !== 'broker')),
      ...(tiers.includes('broker') ? [mqtt] : []),
      ...(tiers.includes('app') ? [job] : []),
    )
    .map(it => defined(it) as WorkloadOptions)

const kindsFor = (tiers: readonly string[]): fc.Arbitrary<object>[] => [
  fc.record({kind: fc.constant('http'), ...requests(tiers)}),
  fc.record({
    kind: fc.constant('keep-alive'),
    connections: fc.integer({min: 1, max: 40}),
    page: fc.oneof(fc.constant(undefined), page),
    ...requests(tiers),
  }),
  fc.record({
    kind: fc.constant('upload'),
    duration: law(micros(1), seconds(20)),
    bandwidth: oneOf(undefined, 1, 1e6, 2e9),
    chunk: oneOf(undefined, 1, 2 ** 14),
    ...requests(tiers),
  }),
  fc.record({
    kind: fc.constant('websocket'),
    ...sessions(tiers),
    message: oneOf(seconds(30), millis(1), seconds(2), Infinity),
  }),
  fc.record({kind: fc.constant('quic'), ...sessions(tiers.slice(0, 1)), ...packets}),
]
