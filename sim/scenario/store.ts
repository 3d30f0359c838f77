import * as v from 'valibot'
import type {Distribution} from '../engine/distributions.ts'
import type {MinReplicasOptions, SentinelOptions, StoreOptions} from '../net/options.ts'
import {map, type Schema} from './map.ts'
import {bandwidth, duration, size, whole} from './quantity.ts'

/** What a store keeps, and how it is replicated; Redis' names of the settings stand in brackets. */
export const storeSchema = (law: Schema<Distribution>): Schema<StoreOptions> =>
  map({
    dataset: [v.optional(size(), '1GiB'), 'All keys together, in memory as in a snapshot.'],
    disk: [v.optional(bandwidth(), '200MB/s'), 'How fast a snapshot is written to a disk or loaded from one.'],
    bandwidth: [v.optional(bandwidth(), '125MB/s'), 'How fast a snapshot goes from one node to another.'],
    lag: [v.optional(law, '1ms'), 'From the execution of a write at the primary until a replica has it.'],
    command: [v.optional(size({least: 1}), '128B'), 'One write in the stream to the replicas.'],
    backlog: [
      v.optional(size(), '1MiB'),
      'What a primary remembers of the stream for replicas that were away (repl-backlog-size).',
    ],
    outputBuffer: [
      v.optional(size(), '256MiB'),
      'What may wait for a replica that loads a snapshot; with more it has to begin again (client-output-buffer-limit).',
    ],
    fork: [v.optional(duration(), '10ms'), 'How long fork(2) stops a node that makes a snapshot.'],
    persist: [
      v.optional(duration({none: true}), '1s'),
      'How old what is on the disk may be when the power fails (appendfsync); `none`: nothing is on the disk.',
    ],
    minReplicas: [v.optional(minReplicas, {}), 'When a primary takes no writes for want of replicas.'],
    sentinel: [v.optional(sentinelSchema(law), {}), 'Those who watch the primary, and promote a replica.'],
  })

const minReplicas: Schema<MinReplicasOptions> = map({
  count: [v.optional(whole(0, 100), 0), 'Fewer than these, and it takes none (min-replicas-to-write).'],
  maxLag: [
    v.optional(duration(), '10s'),
    'A replica of which nothing was heard for longer does not count (min-replicas-max-lag).',
  ],
})

const sentinelSchema = (law: Schema<Distribution>): Schema<SentinelOptions> =>
  map({
    downAfter: [
      v.optional(duration({none: true}), '30s'),
      'A primary that does not answer for so long is down (down-after-milliseconds); `none`: nobody watches.',
    ],
    vote: [
      v.optional(law, {uniform: {from: '0s', to: '1s'}}),
      'From then until Sentinels have agreed on one who acts.',
    ],
    convert: [
      v.optional(duration(), '8s'),
      'How long an old primary is let be before it is made a replica of the new one.',
    ],
  })
