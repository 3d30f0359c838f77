import {minutes} from '../engine/time.ts'
import {duration} from './option.ts'
import {strategy} from './strategy.ts'
import {moving, switchOver} from './switch-over.ts'

const options = {
  ...moving,
  copyPatience: duration(
    minutes(1),
    'how long the old or the new store may be out of reach until the copy is given up',
  ),
} as const

/**
 * The application writes to two stores that know nothing of each other. What is there already is copied once all do so,
 * for whatever is written in between would be missing. A write that fails at the second store alone is not repaired.
 * A copy that is given up calls all of it off.
 */
export const dualWrite = strategy({
  name: 'dual-write',
  summary: 'Have the application write to the old and the new store, copy what is missing, then move clients.',
  suits: ['store'],
  options,

  release: switchOver<typeof options>(
    function* ({store, heir, options}) {
      yield* store.mirrorWrites(heir, options.clientsMove)
      if (yield* store.backfill(heir, options.copyPatience)) {
        store.pointTo(heir)
        yield* store.moveClients(options.clientsMove)
      }
      yield* store.mirrorWrites(undefined, 0)
    },
    {inSync: false},
  ),
})
