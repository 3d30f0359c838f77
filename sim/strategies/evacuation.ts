import {sleep, until} from '../engine/script.ts'
import {seconds} from '../engine/time.ts'
import {count, duration} from './option.ts'
import {batches, inBatches, strategy} from './strategy.ts'

const options = {
  ...batches,
  waitHealthCheck: duration(seconds(60), 'time for those in front to see that the broker is to get nobody any more'),
  connEvictRate: count(500, 'connections that it ends in a second'),
  waitTakeover: duration(seconds(60), 'time for users to come back to other brokers, which take their sessions over'),
  sessEvictRate: count(500, 'sessions of users who have not come back that it gives to other brokers in a second'),
} as const

/** Node evacuation of a cluster of MQTT brokers (EMQX, EIP-0020): nobody comes, users go, sessions go, and then the node. */
export const evacuation = strategy({
  name: 'evacuation',
  summary: 'Have the users of a broker leave at a rate, then the sessions of those who have not come back; restart it.',
  suits: ['broker'],
  options,

  release: inBatches<typeof options>(function* (host, options, fleet) {
    const {waitHealthCheck, connEvictRate, waitTakeover, sessEvictRate} = options
    const old = host.current
    old.failHealthChecks()
    yield* sleep(waitHealthCheck)
    old.drain()
    yield* fleet.evictConnections(old, connEvictRate)
    yield* sleep(waitTakeover)
    yield* fleet.evictSessions(old, sessEvictRate)
    old.kill()
    yield* until(old.exited)

    const fresh = yield* host.boot()
    fresh.listen()
    fresh.answerHealthChecks()
  }),
})
