import * as v from 'valibot'
import type {Distribution} from '../engine/distributions.ts'
import type {MqttWorkload, PageOptions, PublishOptions, RetryOptions, WorkloadOptions} from '../net/options.ts'
import {backoffFields} from './backoff.ts'
import {lifetimeSchema} from './law.ts'
import {linkSchema} from './link.ts'
import {either, type Field, kinds, map, type Schema} from './map.ts'
import {bandwidth, duration, flag, fraction, mostPerSecond, size, text, whole, word} from './quantity.ts'
import {rateSchema} from './rate.ts'

const mostConnections = 20_000_000
const mostPackets = 1_000_000

export function workloadSchema(law: Schema<Distribution>): Schema<WorkloadOptions> {
  const schema = kinds(
    'kind',
    'http: a connection for each request; keep-alive: a pool of connections; upload: bodies that take time; websocket: sessions; quic: sessions over UDP; mqtt: sessions that a broker keeps; commands: what an application asks of a store; job: what workers take from a queue.',
    {
      http: requests(law, true),
      'keep-alive': {
        connections: [whole(1, mostConnections), 'Connections of the pool.'],
        page: [
          v.exactOptional(page(law)),
          'Where each client is a browser tab, whose page asks for what belongs to the version that it was loaded in.',
        ],
        ...requests(law, true),
      },
      upload: uploads(law),
      websocket: {...sessions(law), message},
      quic: quic(law),
      mqtt: mqtt(law),
      commands: commands(law),
      job: job(law),
    },
  )
  return v.pipe(
    schema,
    v.check(
      it => !('lifetime' in it) || isBearable(it),
      `a lifetime so long that at most ${mostPerSecond} sessions begin in a second`,
    ),
    v.check(
      it => it.kind !== 'quic' || it.idleTimeout >= 2 * it.packet,
      'an idleTimeout of at least twice the time between packets',
    ),
    v.check(
      it => it.kind !== 'quic' || it.connections / (it.packet / 1e6) <= mostPackets,
      `at most ${mostPackets} packets per second, each of which is an event`,
    ),
    v.transform(it => {
      if ('lifetime' in it || it.kind === 'commands' || it.kind === 'job') return it
      // Who never goes away has no key for it.
      const {patience, ...rest} = it
      return patience === undefined ? rest : {...rest, patience}
    }),
  )
}

/** Sessions that end are followed by others, so a short lifetime means many of them. */
const isBearable = ({connections, lifetime}: {connections: number; lifetime: Distribution}): boolean =>
  lifetime.mean > 0 && connections / (lifetime.mean / 1e6) <= mostPerSecond

const common = (law: Schema<Distribution>) =>
  ({
    to: [text('the name of a tier', 40), 'The tier that answers.'],
    via: [
      v.exactOptional(text('the name of a tier', 40)),
      'The tier that clients connect to, where more than one leads to `to`.',
    ],
    link: [
      v.exactOptional(linkSchema(law)),
      'The way of these clients to the entry tier, where it is not the tier’s own.',
    ],
    connectTimeout: [
      v.optional(duration({least: 1_000}), '10s'),
      'How long a client waits for its connection, SYN retries included.',
    ],
  }) as const satisfies Record<string, Field>

const requests = (law: Schema<Distribution>, idempotent: boolean) =>
  ({
    ...common(law),
    rate: [rateSchema, 'Requests that begin, open loop (Poisson): a rate, {points: …} or {day: …}.'],
    service: [law, 'Core time on the host that answers.'],
    requestTimeout: [
      v.optional(duration({least: 1_000}), '30s'),
      'How long a client waits for its answer, from when it asked or from the last byte of its upload.',
    ],
    patience: [v.optional(patience(law), 'none'), 'How long a person waits before going away; `none`: nobody does.'],
    idempotent: [v.optional(flag(), idempotent), 'Whether the request may be sent twice.'],
    retry: [v.optional(retrySchema(law), {}), 'What a client does when a request fails.'],
  }) as const satisfies Record<string, Field>

const job = (law: Schema<Distribution>) =>
  ({
    to: [text('the name of a tier', 40), 'The servers that take them from the queue.'],
    rate: [rateSchema, 'Jobs that come, open loop (Poisson): a rate, {points: …} or {day: …}.'],
    duration: [law, 'How long a thread is busy with one.'],
    visibility: [
      v.optional(duration({least: 1_000, none: true}), '30m'),
      'How long a job that was taken is given to nobody else; `none`: the queue looks after it no more, and who is killed with it loses it.',
    ],
  }) as const satisfies Record<string, Field>

const page = (law: Schema<Distribution>): Schema<PageOptions> =>
  map({
    life: [law, 'From the loading of a page until its user closes it; the next request is that of another page.'],
    reload: [
      v.optional(lifetimeSchema(law, 'never'), 'never'),
      'From the first answer of another version until its user, who is told, loads it again; `never`: nobody is told.',
    ],
    released: [
      v.optional(duration({least: 1_000, none: true}), 'none'),
      'Time between the releases before the run, by which pages that are open at the start are of older versions.',
    ],
  })

const uploads = (law: Schema<Distribution>) =>
  ({
    duration: [law, 'How long a body takes to arrive.'],
    bandwidth: [
      v.exactOptional(bandwidth()),
      'What a user sends, so that bodies have a size: with it the report has a part `posts`.',
    ],
    chunk: [
      v.exactOptional(size({least: 1})),
      'The size of a chunk (Transfer-Encoding: chunked); without it the length is told before (Content-Length).',
    ],
    ...requests(law, false),
  }) as const satisfies Record<string, Field>

const sessions = (law: Schema<Distribution>) =>
  ({
    ...common(law),
    connections: [whole(0, mostConnections), 'Users at the start, and on average where sessions end and begin.'],
    lifetime: [
      v.optional(lifetimeSchema(law), 'forever'),
      'From a user’s coming to its going, whatever happens to connections meanwhile; `forever`: nobody comes or goes.',
    ],
    reconnect: [v.optional(map(backoffFields(law, {base: '1s', cap: '1m'})), {}), 'When a client comes back.'],
  }) as const satisfies Record<string, Field>

const message: Field<number> = [
  v.optional(duration({least: 1_000, none: true}), '30s'),
  'Time between messages of a client: how soon it notices a dead peer, and how fresh it is in the connection table.',
]

const publishes: Schema<PublishOptions> = map({
  every: [v.optional(duration({least: 1_000, none: true}), 'none'), 'Time between publishes of one user.'],
  qos: [v.optional(v.picklist([0, 1], '0 or 1'), 0), '0: sent once; 1: sent until it is acknowledged, perhaps twice.'],
  gap: [
    v.optional(word(['buffer', 'lose']), 'buffer'),
    'What becomes of those of QoS 0 while there is no way through: they wait at whoever cannot send them, or are lost.',
  ],
})

const publish: Schema<MqttWorkload['publish']> = map({
  up: [v.optional(publishes, {}), 'From clients.'],
  down: [v.optional(publishes, {}), 'To clients.'],
})

const quic = (law: Schema<Distribution>) =>
  ({
    ...sessions(law),
    packet: [v.optional(duration({least: 1_000}), '5s'), 'Time between packets of a client.'],
    idleTimeout: [
      v.optional(duration({least: 1_000}), '60s'),
      'A connection of which nothing has been heard for so long is over; at least twice `packet`.',
    ],
    zeroRtt: [
      v.optional(flag(), true),
      'Whether a client that comes back sends its data with its first packet (0-RTT).',
    ],
  }) as const satisfies Record<string, Field>

const mqtt = (law: Schema<Distribution>) =>
  ({
    ...sessions(law),
    renewal: [
      v.optional(lifetimeSchema(law), 'forever'),
      'How long a client keeps a connection before it changes to another by itself: another network, sleep, a NAT’s time-out.',
    ],
    keepAlive: [v.optional(duration({least: 1_000, none: true}), '60s'), 'Longest time between packets of a client.'],
    publish: [v.optional(publish, {}), 'What is published by clients (up) and to them (down).'],
    resumes: [
      v.optional(flag(), false),
      'Whether a client changes to a fresh connection when its Edge, which is leaving, asks it to.',
    ],
  }) as const satisfies Record<string, Field>

const commands = (law: Schema<Distribution>) =>
  ({
    to: [text('the name of a tier', 40), 'The store.'],
    link: common(law).link,
    hosts: [whole(1, 10_000), 'Hosts of the application, each with connections to one node.'],
    writes: [v.optional(rateSchema, '0/s'), 'Writes of all of them (Poisson), each of one key.'],
    reads: [v.optional(rateSchema, '0/s'), 'Reads of all of them (Poisson), each of one key.'],
    keys: [v.optional(whole(1, 1_000_000), 10_000), 'Keys, each as likely as any other.'],
    connectTimeout: [
      v.optional(duration({least: 1_000}), '1s'),
      'How long a client waits for the answer of a node that it has just come to.',
    ],
    requestTimeout: [v.optional(duration({least: 1_000}), '5s'), 'How long it waits for that of any other.'],
    ttl: [v.optional(duration(), '0s'), 'How long a host’s resolver keeps what the name of the store leads to.'],
    blocking: [
      v.optional(duration(), '0s'),
      'The longest that a blocking command (BLPOP) keeps a host’s connections where they are.',
    ],
    idempotent: [
      v.optional(flag(), false),
      'Whether a write is asked for again though it may have been executed, when its answer is lost.',
    ],
    retry: [
      v.optional(retrySchema(law), {}),
      'What a client does on READONLY, a refused connection or none: it looks the name up, and asks again.',
    ],
  }) as const satisfies Record<string, Field>

/** Undefined where nobody goes away. */
const patience = (law: Schema<Distribution>): Schema<Distribution | undefined> =>
  either(
    input => input === 'none',
    v.pipe(
      v.literal('none'),
      v.transform(() => undefined),
    ),
    law,
  )

const retrySchema = (law: Schema<Distribution>): Schema<RetryOptions> =>
  map({
    attempts: [v.optional(whole(0, 1_000), 0), 'Tries after the first.'],
    budget: [v.optional(fraction({most: 1_000, none: true}), '20%'), 'The most that retries may be of all requests.'],
    ...backoffFields(law, {base: '100ms', cap: '5s'}),
  })
