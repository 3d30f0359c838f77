import {seconds} from '../engine/time.ts'
import {drainOut, drains} from './drains.ts'
import {duration} from './option.ts'
import {batches, inBatches, strategy} from './strategy.ts'

const {tunnels: _, ...drain} = drains
const options = {
  ...batches,
  ...drain,
  solicitOver: duration(seconds(10), 'time over which the old process asks for its tunnels to be moved, one by one'),
} as const

/**
 * Downstream Connection Reuse (Zero Downtime Release, section 4.2): an Origin proxy only relays MQTT, so before it leaves
 * it asks the Edge to move each tunnel to another Origin that reaches the same broker. Clients do not notice.
 */
export const downstreamConnectionReuse = strategy({
  name: 'downstream-connection-reuse',
  summary: "Hand the listening sockets to a new process, and have the old one's MQTT tunnels moved while it drains.",
  suits: ['proxy'],
  options,

  release: inBatches<typeof options>(function* (host, {solicitOver, ...drain}) {
    const old = host.current
    const fresh = yield* host.boot()
    old.passSockets(fresh)
    fresh.answerHealthChecks()
    fresh.forwardPacketsTo(old)
    old.solicitReconnects(solicitOver)
    yield* drainOut(old, {...drain, tunnels: 'stay'})
    fresh.stopForwarding()
  }),
})
