import {seconds} from '../engine/time.ts'
import {catchesUp} from '../net/store/sync.ts'
import {duration} from './option.ts'
import {strategy} from './strategy.ts'
import {moving, switchOver} from './switch-over.ts'

const options = {
  ...moving,
  writePause: duration(seconds(60), 'how long the old primary lets writes wait (CLIENT PAUSE … WRITE)'),
} as const

/** Writes wait until the new primary has all that the old one has, and those who wait bring theirs along. */
export const clientPause = strategy({
  name: 'client-pause',
  summary:
    'Pause writes at the old primary, promote a replica that has them all, and move clients before the pause ends.',
  suits: ['store'],
  options,

  release: switchOver<typeof options>(function* ({store, old, heir, options}) {
    old.pauseWrites(options.writePause)
    if (!(yield* catchesUp(heir, options.writePause))) return
    heir.promote()
    store.pointTo(heir)
    yield* store.moveClients(options.clientsMove)
  }),
})
