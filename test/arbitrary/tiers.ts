import fc from 'fast-check'
import * as laws from '../../sim/engine/distributions.ts'
import {hours, millis, seconds} from '../../sim/engine/time.ts'
import type {
  Http2Options,
  L4lbOptions,
  LinkOptions,
  MaxAgeOptions,
  ProbeOptions,
  TierOptions,
  UpstreamOptions,
} from '../../sim/net/options.ts'
import {database, renaming, uses} from '../harness.ts'
import {between, boundedLaw, defined, law, named, oneOf, sometimes} from './basics.ts'
import {udp} from './udp.ts'

export const link: fc.Arbitrary<LinkOptions> = fc.record({
  latency: fc.oneof(fc.constant(named('fixed(0)', laws.fixed(0))), law(1, millis(50))),
  loss: oneOf(0, 0, 0.01, 0.3),
})

export const probe: fc.Arbitrary<ProbeOptions> = fc.record({
  interval: between(millis(100), seconds(2)),
  timeout: between(millis(1), seconds(2)),
  fall: fc.integer({min: 1, max: 3}),
  rise: fc.integer({min: 1, max: 3}),
  phase: oneOf('random', 'spread'),
})

export const l4lb: fc.Arbitrary<L4lbOptions> = fc.record({
  hosts: fc.integer({min: 1, max: 3}),
  pick: oneOf('maglev', 'maglev', 'random', 'least-connections'),
  hash: oneOf('5-tuple', 'source-address'),
  connectionTable: oneOf(8_000_000, 0, 1, 20, 200),
  ecmp: oneOf('modulo', 'resilient'),
  failover: between(0, seconds(3)),
  globalTable: oneOf(0, 0, 5, 8_000_000),
  cores: fc.integer({min: 1, max: 3}),
  floodRate: oneOf(125_000, 1, 5, 20),
  udpTimeout: between(millis(1), seconds(30)),
  tcpServerId: fc.boolean(),
  probe,
})

export const upstream: fc.Arbitrary<UpstreamOptions> = fc.record({
  to: fc.constant('app'),
  pick: oneOf('random', 'round-robin', 'least-connections'),
  probe,
  persistent: fc.boolean(),
  redispatch: fc.integer({min: 0, max: 4}),
  connectTimeout: between(millis(1), seconds(3)),
  retryIdempotent: fc.boolean(),
  bufferUploads: oneOf(false, false, true),
  tryDuration: oneOf(0, 0, millis(1), seconds(3)),
  tryInterval: oneOf(millis(250), millis(1), seconds(2)),
  claim: oneOf(0, 0, millis(1), millis(200)),
  versionAffinity: fc.boolean(),
  slowStart: oneOf(millis(1), seconds(5)),
  replay: fc.record({
    replays: oneOf(10, 1, 0),
    bandwidth: oneOf(1.25e9, 1e6, 1e3),
    chunkState: oneOf(true, true, false),
  }),
})

const http2: fc.Arbitrary<Http2Options> = fc.record({
  connections: fc.integer({min: 1, max: 4}),
  goawayWait: oneOf(seconds(5), 0),
  reopen: oneOf(seconds(1), millis(50)),
})

const maxAge = fc.record({
  time: between(seconds(1), seconds(40)),
  jitter: oneOf(0, 0.1, 1),
  grace: oneOf(0, seconds(2), Infinity),
  goaway: oneOf('two-step', 'single'),
})

const machines = {
  hosts: fc.integer({min: 1, max: 8}),
  cores: fc.integer({min: 1, max: 4}),
  boot: fc.record({
    time: boundedLaw(seconds(4)),
    cores: oneOf(0, 0.5, 1, 3),
    warmup: oneOf(0, seconds(5)),
    slowdown: oneOf(1, 2, 10),
  }),
  cpu: fc.record({handshake: oneOf(0, 50, 500, millis(20)), request: oneOf(0, 50, millis(20))}),
  memory: fc.record({process: oneOf(0, 2 ** 29), connection: oneOf(0, 2 ** 15)}),
  backlog: oneOf(4096, 0, 1, 5),
  closeTime: oneOf(0, 50, millis(1), millis(10)),
  queue: oneOf(Infinity, 0, 1, 10),
  frontTimeout: oneOf(Infinity, Infinity, seconds(2)),
  keepAlive: oneOf(seconds(75), millis(1), millis(500), seconds(5), Infinity),
  idleClose: fc.record({when: oneOf('drain', 'response'), spread: oneOf(0, millis(10), seconds(3))}),
  saysClose: fc.boolean(),
  oldAssets: oneOf(0, 1),
  maxAge: sometimes(maxAge) as fc.Arbitrary<MaxAgeOptions>,
  link,
  udp,
}

const jobs = fc.record({
  threads: fc.integer({min: 1, max: 5}),
  requeueAfter: oneOf(seconds(25), 0, seconds(2), Infinity),
})

const proxyTier: fc.Arbitrary<TierOptions> = fc.record({kind: fc.constant('proxy'), ...machines, behind: l4lb})
const frontTier: fc.Arbitrary<TierOptions> = fc.record({kind: fc.constant('server'), ...machines, jobs, behind: l4lb})
const passingTier: fc.Arbitrary<TierOptions> = fc.record({
  kind: fc.constant('proxy'),
  ...machines,
  behind: l4lb,
  upstream: upstream.map(it => [it]),
})
/** A proxy that leads to another tier of proxies over HTTP/2. */
const outerTier: fc.Arbitrary<TierOptions> = fc.record({
  kind: fc.constant('proxy'),
  ...machines,
  behind: l4lb,
  upstream: fc.tuple(upstream, http2).map(([it, http2]) => [{...it, to: 'edge', http2}]),
})
const serverTier: fc.Arbitrary<TierOptions> = fc.record({kind: fc.constant('server'), ...machines, jobs})

/** Servers with a database, whose columns a migration changes. */
const databaseTiers = fc
  .record({
    edge: passingTier,
    app: serverTier,
    rows: fc.integer({min: 1, max: 50}),
    maxConnections: oneOf(1_000, 1, 5, 20),
    use: fc.record({
      pool: fc.integer({min: 1, max: 5}),
      query: boundedLaw(millis(50)),
      writes: oneOf(0.5, 0, 1),
      columnCache: oneOf(0, seconds(2), Infinity),
      versions: oneOf(renaming, renaming.slice(0, 1), renaming.slice(2)),
    }),
  })
  .map(({edge, app, rows, maxConnections, use}) => ({
    edge,
    app: {...app, database: uses(use)},
    db: database({maxConnections}, rows),
  }))

/** Two tiers of proxies before a broker as well. */
const mqttTiers = fc.record({
  pop: fc.tuple(outerTier, fc.boolean()).map(([it, movesTunnels]) => ({...it, movesTunnels})),
  edge: fc.tuple(passingTier, upstream).map(([it, {pick: _, ...rest}]) => ({
    ...it,
    upstream: [...it.upstream!, {...rest, to: 'broker'}],
  })),
  app: serverTier,
  broker: fc.record({
    kind: fc.constant('broker'),
    ...machines,
    session: fc.record({
      takeover: fc.boolean(),
      life: oneOf(0, seconds(1), hours(1), Infinity),
      cpu: oneOf(0, millis(20)),
    }),
  }),
})

/** Proxies alone, proxies before servers, or servers that clients reach without a proxy. */
export const topology = (): fc.Arbitrary<Record<string, TierOptions>> =>
  (
    fc.oneof(
      fc.record({edge: proxyTier}),
      fc.record({edge: passingTier, app: serverTier}),
      fc.record({app: frontTier}),
      fc.record({pop: outerTier, edge: passingTier, app: serverTier}),
      mqttTiers,
      databaseTiers,
    ) as fc.Arbitrary<Record<string, TierOptions>>
  ).map(tiers => Object.fromEntries(Object.entries(tiers).map(([name, tier]) => [name, defined(tier) as TierOptions])))
