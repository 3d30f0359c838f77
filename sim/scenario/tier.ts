import * as v from 'valibot'
import type {Distribution} from '../engine/distributions.ts'
import type {
  BootOptions,
  CpuCosts,
  JobsOptions,
  MaxAgeOptions,
  MemoryOptions,
  SessionOptions,
  TierOptions,
  UdpOptions,
} from '../net/options.ts'
import {behindSchema, upstreamsSchema} from './balancer.ts'
import {databaseFields, databaseTier, databaseUse} from './database.ts'
import {isLaw} from './law.ts'
import {linkSchema} from './link.ts'
import {either, type Field, isMap, kinds, map, type Schema} from './map.ts'
import {countOrNone, decimal, duration, flag, fraction, size, whole, word} from './quantity.ts'
import {storeSchema} from './store.ts'

export function tierSchema(law: Schema<Distribution>): Schema<TierOptions> {
  const tier = kinds('kind', about, {
    proxy: {
      ...common(law, {link: '20ms', handshake: '500us', request: '50us'}),
      upstream: [
        v.exactOptional(upstreamsSchema(law)),
        'Where the proxy passes requests on to: {to: …}, or a list of such, one for each tier that it leads to.',
      ],
      movesTunnels: [
        v.optional(flag(), true),
        'Whether it moves an MQTT tunnel when the proxy behind it, which is leaving, asks for that.',
      ],
    },
    server: {
      ...common(law, {link: '500us', handshake: '50us', request: '0s'}),
      database: [v.exactOptional(databaseUse(law)), 'The database that its requests ask before they are answered.'],
      jobs: [v.optional(jobs, {}), 'What its processes do with jobs, where there are any for it.'],
    },
    broker: {
      ...common(law, {link: '500us', handshake: '50us', request: '50us'}),
      session: [v.optional(session, {}), 'What it keeps for each user.'],
    },
    store: {
      ...machine(law, {link: '500us', handshake: '0s', request: '0s'}),
      store: [
        v.optional(storeSchema(law), {}),
        'What it keeps, and how that is replicated. Its first host is the primary.',
      ],
    },
    database: databaseFields,
  })
  return v.pipe(
    tier,
    v.transform(it => {
      if (it.kind !== 'database') return it
      const {kind: _, ...holds} = it
      return databaseTier(holds)
    }),
  )
}

const about =
  'A proxy passes requests on to its upstream; a server answers them; a broker keeps MQTT sessions; a store is a primary and its replicas; a database keeps rows.'

const session: Schema<SessionOptions> = map({
  life: [v.optional(duration({none: true}), '1h'), 'How long a session context is kept when the connection is gone.'],
  takeover: [
    v.exactOptional(flag()),
    'Whether a broker takes the context over from another that has it, when the user comes: brokers are a cluster. Default: false.',
  ],
  cpu: [
    v.optional(duration(), '1ms'),
    'Core time of a CONNECT: authentication, TLS, and making or finding the context.',
  ],
})

/** The defaults are those of Sidekiq, whose 25 s fit into the 30 s that a platform gives. */
const jobs: Schema<JobsOptions> = map({
  threads: [v.optional(whole(1, 10_000), 10), 'Jobs that one process works on at a time.'],
  requeueAfter: [
    v.optional(duration({none: true}), '25s'),
    'How long after SIGTERM a process gives back to the queue what is not done; `none`: it does not.',
  ],
})

const maxAge: Schema<MaxAgeOptions> = map({
  time: [duration({least: 1_000_000}), 'The age at which a connection gets its GOAWAY.'],
  jitter: [v.optional(fraction({most: 1}), '10%'), 'The age is within this share of that, more or less.'],
  grace: [
    v.optional(duration({none: true}), 'none'),
    'How long tunnels may go on after that (MAX_CONNECTION_AGE_GRACE); `none`: until they end.',
  ],
  goaway: [
    v.optional(word(['two-step', 'single']), 'two-step'),
    'Whether a second GOAWAY, a round trip after the first, names the last request; or a single one refuses those on their way.',
  ],
})

/** Where proxies, which clients reach over the Internet and TLS, usually differ from servers, which proxies reach. */
interface Usual {
  readonly link: string
  readonly handshake: string
  readonly request: string
}

/** What has no balancer in front. */
function machine(law: Schema<Distribution>, usual: Usual) {
  const {behind: _, udp: __, ...rest} = common(law, usual)
  return rest
}

const common = (law: Schema<Distribution>, usual: Usual) =>
  ({
    hosts: [whole(1, 100_000), 'Machines of the tier.'],
    cores: [v.optional(whole(1, 1_024), 8), 'Cores of one machine.'],
    boot: [
      v.optional(bootSchema(law), '5s'),
      'From the start of a process until it can serve: a duration, a law, or a map that says more.',
    ],
    cpu: [v.optional(cpuSchema(usual), {}), 'Core time that connections and requests cost.'],
    memory: [v.optional(memory, {}), 'What a process takes.'],
    backlog: [
      v.optional(whole(0, 1_000_000), 4_096),
      'Longest accept queue, as in listen(2): one connection more than this fits (Linux).',
    ],
    closeTime: [
      v.optional(duration({most: 60_000_000}), '50us'),
      'What the kernel needs to close one socket of a killed process; its listeners close last.',
    ],
    queue: [
      v.optional(countOrNone(0, 100_000_000), 'none'),
      'Requests that may wait for a core of one host, or that one proxy may hold; a further one is answered 503.',
    ],
    keepAlive: [
      v.optional(duration({least: 1_000, none: true}), '75s'),
      'An idle keep-alive connection is closed after this.',
    ],
    idleClose: [
      v.optional(idleClose, 'at drain'),
      'When a draining process closes its idle keep-alive connections: `at drain`, `on response`, or {spread: 10s}.',
    ],
    saysClose: [
      v.optional(flag(), true),
      'Whether a draining process says `Connection: close` (or GOAWAY) on its responses.',
    ],
    link: [
      v.optional(linkSchema(law), usual.link),
      'The way into this tier: a latency, a law of latencies, or {latency, loss}.',
    ],
    maxAge: [
      v.exactOptional(maxAge),
      'Where clients of this tier are asked to open another connection when one is too old (gRPC: MAX_CONNECTION_AGE).',
    ],
    oldAssets: [
      v.exactOptional(whole(0, 1_000)),
      'How many versions before its own a process still has the assets of, for pages that were loaded in one. Default: 0.',
    ],
    udp: [v.exactOptional(udp), 'The UDP sockets of a process, where clients speak QUIC to this tier.'],
    frontTimeout: [
      v.optional(duration({least: 1_000, none: true}), 'none'),
      'Where a device such as an ELB stands between clients and this tier: it gives a request up that has had no answer for so long, with a 504 of its own.',
    ],
    behind: [
      v.exactOptional(behindSchema),
      'The balancer in front, where clients reach this tier without a proxy, or proxies reach it over HTTP/2: l4lb, or {l4lb: …}.',
    ],
  }) as const satisfies Record<string, Field>

function bootSchema(law: Schema<Distribution>): Schema<BootOptions> {
  const full = map({
    time: [law, 'From the start of a process until it can serve.'],
    cores: [v.optional(whole(0, 1_024), 1), 'Cores kept busy meanwhile.'],
    warmup: [v.optional(duration(), '0s'), 'After boot, how long CPU costs are higher; they fall in a straight line.'],
    slowdown: [v.optional(decimal(1, 1_000), 2), 'How many times higher they are when the warm-up begins.'],
  })
  return either(
    input => isMap(input) && !isLaw(input),
    full,
    v.pipe(
      law,
      v.transform(time => ({time, cores: 1, warmup: 0, slowdown: 2})),
    ),
  )
}

const cpuSchema = ({handshake, request}: Usual): Schema<CpuCosts> =>
  map({
    handshake: [v.optional(duration(), handshake), 'Core time of accepting a connection: TCP and TLS handshake.'],
    request: [
      v.optional(duration(), request),
      'Core time of reading or passing on a request, besides its service time.',
    ],
  })

const memory: Schema<MemoryOptions> = map({
  process: [v.optional(size(), '512MiB'), 'A process without connections.'],
  connection: [v.optional(size(), '32KiB'), 'A connection.'],
})

const udp: Schema<UdpOptions> = map({
  sockets: [v.optional(whole(1, 256), 8), 'Sockets of one process on the VIP, each with a worker thread.'],
  packet: [v.optional(duration(), '5us'), 'Core time of a packet at the worker that has its connection.'],
  forward: [
    v.optional(duration(), '10us'),
    'Core time of passing a packet on to another process, on the one thread that does it.',
  ],
  buffer: [v.optional(whole(0, 10_000_000), 1_000), 'Packets that may wait for a thread; a further one is dropped.'],
  workerId: [
    v.optional(flag(), true),
    'Whether a worker hands a packet to the worker of its process whose number is in the connection ID.',
  ],
  serverId: [
    v.optional(flag(), true),
    'Whether the L4 balancer routes by the number of the host in the connection ID.',
  ],
  statelessReset: [
    v.optional(flag(), true),
    'Whether a process answers a packet of a connection that it does not know.',
  ],
})

const idleClose: Schema<TierOptions['idleClose']> = either(
  isMap,
  v.pipe(
    map({spread: [duration(), 'They are closed at random points of this time.']}),
    v.transform(({spread}) => ({when: 'drain' as const, spread})),
  ),
  v.pipe(
    word(['at drain', 'on response']),
    v.transform(it => ({when: it === 'at drain' ? ('drain' as const) : ('response' as const), spread: 0})),
  ),
)
