import {drainOut, drains} from './drains.ts'
import {batches, inBatches, strategy} from './strategy.ts'

const options = {
  ...batches,
  ...drains,
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

  release: inBatches<typeof options>(function* (host, drain) {
    const old = host.current
    const fresh = yield* host.boot()
    old.passSockets(fresh)
    fresh.answerHealthChecks()
    yield* drainOut(old, drain)
  }),
})
