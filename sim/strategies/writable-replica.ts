import {until} from '../engine/script.ts'
import {catchesUp} from '../net/store/sync.ts'
import {strategy} from './strategy.ts'
import {moving, switchOver, watching} from './switch-over.ts'

const options = {...moving, ...watching} as const

/** The procedure of the Redis documentation (admin.md, "Upgrading or restarting a Redis instance without downtime"). */
export const writableReplica = strategy({
  name: 'writable-replica',
  summary: 'Let a replica take writes, move clients to it, and promote it when nobody asks the old primary any more.',
  suits: ['store'],
  options,

  release: switchOver<typeof options>(function* ({store, old, heir, options}) {
    heir.allowWrites()
    store.pointTo(heir)
    yield* store.moveClients(options.clientsMove)
    yield* until(old.deserted, {within: options.silence})
    yield* catchesUp(heir, options.silence)
    // Unless Sentinel has put another in its place meanwhile.
    if (store.primary === heir) heir.promote()
  }),
})
