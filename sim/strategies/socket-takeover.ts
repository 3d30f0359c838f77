import {minutes} from '../engine/time.ts'
import {duration} from './option.ts'
import {batches, drainThenKill, inBatches, strategy} from './strategy.ts'

const options = {
  ...batches,
  drainTimeout: duration(minutes(20), 'longest time for which the old process may finish what it has'),
} as const

/**
 * Proxygen's Socket Takeover (Zero Downtime Release, section 4.1): the new process receives the listening sockets of
 * the running one, so no SYN is ever refused, and the L4 balancer never sees the restart.
 */
export const socketTakeover = strategy({
  name: 'socket-takeover',
  summary: 'Start the new process beside the old, hand it the listening sockets, drain the old.',
  suits: ['proxy', 'server'],
  options,

  release: inBatches<typeof options>(function* (host, {drainTimeout}) {
    const old = host.current
    const fresh = yield* host.boot()
    old.passSockets(fresh)
    fresh.answerHealthChecks()
    yield* drainThenKill(old, drainTimeout)
  }),
})
