import {seconds} from '../engine/time.ts'
import {failover as failOver} from '../net/store/failover.ts'
import {duration, flag} from './option.ts'
import {strategy} from './strategy.ts'
import {switchOver} from './switch-over.ts'

const options = {
  syncTimeout: duration(seconds(10), 'TIMEOUT: how long writes may be paused for the replica to have them all'),
  force: flag(
    false,
    'FORCE: whether the replica takes over when that time is up, instead of the failover being aborted',
  ),
} as const

/** FAILOVER TO … TIMEOUT … (Redis 6.2). Clients of the old primary learn by READONLY that they have to look again. */
export const failover = strategy({
  name: 'failover',
  summary: 'Have the primary hand over by FAILOVER: it pauses writes, waits for the replica, and becomes one itself.',
  suits: ['store'],
  options,

  release: switchOver<typeof options>(function* ({store, old, heir, options}) {
    const {syncTimeout: timeout, force} = options
    if (!(yield* failOver(old, heir, {timeout, force}))) return
    store.pointTo(heir)
    yield* store.moveClients(0)
  }),
})
