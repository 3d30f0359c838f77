import type {JobClient} from './client/jobs.ts'
import type {MqttClient} from './client/mqtt.ts'
import type {Database} from './database/database.ts'
import type {Queries} from './database/queries.ts'
import type {TierOptions, WorkloadOptions, WorldOptions} from './options.ts'
import type {QuicClient} from './quic/client.ts'
import type {CommandClient} from './store/commands.ts'
import type {Store} from './store/store.ts'

/** What only some worlds have in them. Whoever makes a world gives it those that it needs, so that no other need be there. */
export interface Parts {
  readonly CommandClient: typeof CommandClient
  readonly Database: typeof Database
  readonly JobClient: typeof JobClient
  readonly MqttClient: typeof MqttClient
  readonly Queries: typeof Queries
  readonly QuicClient: typeof QuicClient
  readonly Store: typeof Store
}

export type Part = keyof Parts

const clients: Readonly<Partial<Record<WorkloadOptions['kind'], Part>>> = {
  commands: 'CommandClient',
  job: 'JobClient',
  mqtt: 'MqttClient',
  quic: 'QuicClient',
}

/** Which of them a world needs, each once. */
export function partsOf({tiers, traffic}: Pick<WorldOptions, 'tiers' | 'traffic'>): readonly Part[] {
  const ofTraffic = Object.values(traffic).flatMap(({kind}) => clients[kind] ?? [])
  return [...new Set([...ofTraffic, ...Object.values(tiers).flatMap(partsOfTier)])]
}

const partsOfTier = ({store, holds}: TierOptions): readonly Part[] => [
  ...(store === undefined ? [] : (['Store'] as const)),
  ...(holds === undefined ? [] : (['Database', 'Queries'] as const)),
]

/** Which client it is, for those who need not have what it is made of. */
export const isJobs = (client: {readonly options: WorkloadOptions}): client is JobClient =>
  client.options.kind === 'job'
export const isMqtt = (client: {readonly options: WorkloadOptions}): client is MqttClient =>
  client.options.kind === 'mqtt'
