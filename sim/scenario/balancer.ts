import * as v from 'valibot'
import type {Distribution} from '../engine/distributions.ts'
import type {Http2Options, L4lbOptions, ProbeOptions, ReplayOptions, UpstreamOptions} from '../net/options.ts'
import {linkSchema} from './link.ts'
import {either, map, type Schema} from './map.ts'
import {bandwidth, countOrNone, duration, flag, text, whole, word} from './quantity.ts'

const probe: Schema<ProbeOptions> = map({
  interval: [v.optional(duration({least: 1_000}), '5s'), 'Time between two questions to the same host.'],
  timeout: [v.optional(duration({least: 1_000}), '1s'), 'How long an answer may take before the probe has failed.'],
  fall: [v.optional(whole(1, 100), 3), 'Failures in a row that take a host out of rotation.'],
  rise: [v.optional(whole(1, 100), 2), 'Successes in a row that take it back in.'],
  phase: [
    v.optional(word(['random', 'spread']), 'random'),
    'When in the interval a host is asked: at a random point, or the k-th of n hosts at k/n of it, as HAProxy does.',
  ],
})

const l4lb: Schema<L4lbOptions> = map({
  hosts: [v.optional(whole(1, 1_000), 2), 'Machines that the routers spread flows over (ECMP).'],
  ecmp: [
    v.optional(word(['modulo', 'resilient']), 'modulo'),
    'What a flow does when there are more or fewer of them: take the one at its hash modulo their number, so that most flows move; or with resilient move only if it must.',
  ],
  failover: [v.optional(duration(), '1s'), 'From the death of one of them until routers send its flows to others.'],
  pick: [
    v.optional(word(['maglev', 'random', 'least-connections']), 'maglev'),
    'How a new flow gets its host: by the consistent hash of a Maglev ring, at random, or where the fewest connections are.',
  ],
  hash: [
    v.optional(word(['5-tuple', 'source-address']), '5-tuple'),
    'What the hash is taken of: with source-address a client that comes back is sent to the same host.',
  ],
  connectionTable: [
    v.optional(whole(0, 1_000_000_000), 8_000_000),
    'Flows that one machine remembers (LRU); what it has forgotten it hashes again.',
  ],
  globalTable: [
    v.optional(whole(0, 1_000_000_000), 0),
    'Flows that all machines remember together, for those that come to another of them; 0 if they share nothing.',
  ],
  cores: [v.optional(whole(1, 1_024), 8), 'Forwarding cores of one machine.'],
  floodRate: [
    v.optional(countOrNone(1, 1_000_000_000), 125_000),
    'New flows per second and core above which no more are remembered: flood mode.',
  ],
  udpTimeout: [
    v.optional(duration({none: true}), '30s'),
    'What is remembered of a UDP flow that was idle for longer is ignored.',
  ],
  tcpServerId: [
    v.optional(flag(), false),
    "Whether packets of TCP, save the SYN, name their host in an option; only where both ends are one's own.",
  ],
  probe: [v.optional(probe, {}), 'Its health probes.'],
})

/** `l4lb`, or `{l4lb: {…}}` to say more. */
export const behindSchema: Schema<L4lbOptions> = either(
  input => typeof input === 'string',
  v.pipe(
    v.literal('l4lb', '"l4lb"'),
    v.transform(() => v.parse(l4lb, {})),
  ),
  v.pipe(
    map({l4lb: [l4lb, 'An L4 balancer: it forwards packets and ends no connection.']}),
    v.transform(it => it.l4lb),
  ),
)

const replay: Schema<ReplayOptions> = map({
  replays: [
    v.optional(whole(0, 1_000), 10),
    'How often one POST is replayed before its user gets a 500; with 0 a proxy does not know 379.',
  ],
  bandwidth: [
    v.optional(bandwidth(), '1.25GB/s'),
    'Into or out of one host of that tier, for bodies that go back and come again.',
  ],
  chunkState: [
    v.optional(flag(), true),
    'Whether a proxy remembers where in a chunk a body was cut; without, the rest of it breaks the framing.',
  ],
})

const http2: Schema<Http2Options> = map({
  connections: [v.optional(whole(1, 1_000), 4), 'Kept open by each process of the proxy.'],
  goawayWait: [
    v.optional(duration(), '5s'),
    'How long after a GOAWAY new streams may still use its connection: the wait of a double GOAWAY.',
  ],
  reopen: [v.optional(duration({least: 1_000}), '1s'), 'When a failed attempt to open a connection is made again.'],
})

const upstream = (law: Schema<Distribution>): Schema<UpstreamOptions> =>
  map({
    to: [text('the name of a tier', 40), 'The tier that requests are passed on to.'],
    pick: [
      v.exactOptional(word(['random', 'round-robin', 'least-connections', 'consistent-hash'])),
      'How a request gets its host in that tier. Default: at random, and a broker by the consistent hash of the user’s id.',
    ],
    probe: [v.optional(probe, {}), 'The health probes of the proxies.'],
    persistent: [v.optional(flag(), true), 'Whether connections are kept open between requests.'],
    connectTimeout: [v.optional(duration({least: 1_000}), '5s'), 'How long a proxy waits for a connection to a host.'],
    redispatch: [
      v.optional(whole(0, 100), 3),
      'Other hosts that are tried when one refuses the connection or does not answer in `connectTimeout`.',
    ],
    tryDuration: [
      v.optional(duration(), '0s'),
      'For how long a request that no host takes is held and tried again, before it fails with 502 (Caddy: lb_try_duration); 0s: it fails at once.',
    ],
    tryInterval: [
      v.optional(duration({least: 1_000}), '250ms'),
      'Time between two such tries (Caddy: lb_try_interval).',
    ],
    claim: [
      v.optional(duration(), '0s'),
      'From a proxy’s look whether it is to hold a request to its choice of a host; who is between the two when a hold begins is not held.',
    ],
    retryIdempotent: [
      v.optional(flag(), false),
      'Whether an idempotent request is sent again when its host goes away before it answers.',
    ],
    slowStart: [
      v.exactOptional(duration({least: 1_000})),
      'How long a host that comes into rotation is chosen less often than others, with a weight that rises from a tenth to one, where hosts are picked at random (Envoy: slow start). Default: not at all.',
    ],
    versionAffinity: [
      v.exactOptional(flag()),
      'Whether a page (`page` of a workload) gets hosts that run its version for as long as there are any, even if they have left the pool. Default: false.',
    ],
    bufferUploads: [
      v.optional(flag(), false),
      'Whether a host sees an upload only once the whole body is there (NGINX: proxy_request_buffering).',
    ],
    link: [v.exactOptional(linkSchema(law)), 'The way there, where it is not that tier’s own.'],
    replay: [v.optional(replay, {}), 'What the proxies do with a 379: Partial POST Replay.'],
    http2: [
      v.exactOptional(http2),
      'Where requests are streams of a few HTTP/2 connections, which go through the L4 balancer of that tier: {}, or a map that says more.',
    ],
  })

/** One upstream, or a list of them for a proxy that leads to several tiers. */
export const upstreamsSchema = (law: Schema<Distribution>): Schema<readonly UpstreamOptions[]> =>
  either(
    input => Array.isArray(input),
    v.pipe(v.array(upstream(law), 'a list of upstreams'), v.minLength(1, 'at least one upstream')),
    v.pipe(
      upstream(law),
      v.transform(it => [it]),
    ),
  )
