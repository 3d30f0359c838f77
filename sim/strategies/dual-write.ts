import {strategy} from './strategy.ts'
import {moving, switchOver} from './switch-over.ts'

/**
 * The application writes to two stores that know nothing of each other. What is there already is copied once all do so,
 * for whatever is written in between would be missing. A write that fails at the second store alone is not repaired.
 */
export const dualWrite = strategy({
  name: 'dual-write',
  summary: 'Have the application write to the old and the new store, copy what is missing, then move clients.',
  suits: ['store'],
  options: moving,

  release: switchOver<typeof moving>(
    function* ({store, old, heir, options}) {
      yield* store.mirrorWrites(heir, options.clientsMove)
      yield* store.backfill(old, heir)
      store.pointTo(heir)
      yield* store.moveClients(options.clientsMove)
      yield* store.mirrorWrites(undefined, 0)
    },
    {inSync: false},
  ),
})
