import {seconds} from '../engine/time.ts'
import {drainOut, drains} from './drains.ts'
import {duration} from './option.ts'
import {batches, inBatches, strategy} from './strategy.ts'

const options = {
  ...batches,
  ...drains,
  drainTimeout: duration(seconds(90), 'longest time for which the old process may finish what it has'),
} as const

/**
 * A restart under systemd with socket activation (systemd.socket(5)): the manager holds the listening socket, so that new
 * connections wait in its queue while the service is away; those that were established end with it. `TimeoutStopSec` is
 * 90 s by default (systemd.service(5)).
 */
export const socketActivation = strategy({
  name: 'socket-activation',
  summary: 'Leave the listening sockets with the service manager, stop the old process, then start the new one.',
  suits: ['proxy', 'server'],
  options,

  release: inBatches<typeof options>(function* (host, drain) {
    const old = host.current
    old.keepSockets()
    yield* drainOut(old, drain)
    const fresh = yield* host.boot()
    fresh.listen()
    fresh.answerHealthChecks()
  }),
})
