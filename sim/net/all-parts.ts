import {JobClient} from './client/jobs.ts'
import {MqttClient} from './client/mqtt.ts'
import {Database} from './database/database.ts'
import {Queries} from './database/queries.ts'
import type {Parts} from './parts.ts'
import {QuicClient} from './quic/client.ts'
import {CommandClient} from './store/commands.ts'
import {Store} from './store/store.ts'

/** For whoever runs any scenario, and has all of it there anyway. */
export const allParts: Parts = {CommandClient, Database, JobClient, MqttClient, Queries, QuicClient, Store}
