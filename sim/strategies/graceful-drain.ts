import {sleep, until} from '../engine/script.ts'
import {seconds} from '../engine/time.ts'
import {drainOut, drains} from './drains.ts'
import {duration, flag} from './option.ts'
import {batches, inBatches, strategy} from './strategy.ts'

const options = {
  ...batches,
  ...drains,
  settle: duration(seconds(1), 'time from leaving the rotation to closing the listener, for handshakes under way'),
  reuse: flag(false, 'whether proxies before it are asked to move its MQTT tunnels (Downstream Connection Reuse)'),
  solicitOver: duration(seconds(10), 'time over which it asks them, one tunnel after the other'),
  leaveFirst: flag(true, 'whether the host leaves the rotation before it stops listening; without, it is a soft stop'),
} as const

/** What the paper calls the traditional way: the host leaves the rotation, empties, and restarts. */
export const gracefulDrain = strategy({
  name: 'graceful-drain',
  summary: 'Take the host out of rotation, let connections end for a while, then restart it.',
  suits: ['proxy', 'server', 'broker'],
  options,

  release: inBatches<typeof options>(function* (host, {settle, leaveFirst, reuse, solicitOver, ...drain}) {
    const old = host.current
    if (leaveFirst && host.isProbed) {
      old.failHealthChecks()
      yield* until(host.outOfRotation)
      yield* sleep(settle)
    }
    if (reuse) old.solicitReconnects(solicitOver)
    yield* drainOut(old, drain)

    const fresh = yield* host.boot()
    fresh.listen()
    fresh.answerHealthChecks()
  }),
})
