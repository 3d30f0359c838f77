import {sleep} from '../engine/script.ts'
import {drainOut, drains} from './drains.ts'
import {duration, flag} from './option.ts'
import {batches, inBatches, strategy} from './strategy.ts'

const options = {
  ...batches,
  ...drains,
  reuseport: flag(true, 'whether both processes may be bound to the port at once (SO_REUSEPORT)'),
  rebind: duration(0, 'without reuseport: time from the closing of the old socket to the opening of the new'),
} as const

/**
 * HAProxy's reload without socket passing (management.txt, 4): the new process binds the port beside the old one, which
 * then closes its own socket, and with it whatever waits in that socket's accept queue.
 */
export const reuseportHandover = strategy({
  name: 'reuseport-handover',
  summary: 'Start the new process, bind it to the same port, close the old socket, drain the old.',
  suits: ['proxy', 'server'],
  options,

  release: inBatches<typeof options>(function* (host, {reuseport, rebind, ...drain}) {
    const old = host.current
    const fresh = yield* host.boot()
    if (reuseport) fresh.listen({reuseport})
    fresh.answerHealthChecks()
    old.stopListening()
    if (!reuseport) yield* sleep(rebind)
    fresh.listen()
    yield* drainOut(old, drain)
  }),
})
