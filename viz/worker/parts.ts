import type {WorldOptions} from '../../sim/net/options.ts'
import {type Part, type Parts, partsOf} from '../../sim/net/parts.ts'

const files: {readonly [P in Part]: () => Promise<Pick<Parts, P>>} = {
  CommandClient: () => import('../../sim/net/store/commands.ts'),
  Database: () => import('../../sim/net/database/database.ts'),
  JobClient: () => import('../../sim/net/client/jobs.ts'),
  MqttClient: () => import('../../sim/net/client/mqtt.ts'),
  Queries: () => import('../../sim/net/database/queries.ts'),
  QuicClient: () => import('../../sim/net/quic/client.ts'),
  Store: () => import('../../sim/net/store/store.ts'),
}

/** Fetches what a world needs and others do not. */
export async function partsFor(world: WorldOptions): Promise<Partial<Parts>> {
  const found = await Promise.all(partsOf(world).map(part => files[part]()))
  return Object.assign({}, ...found)
}
