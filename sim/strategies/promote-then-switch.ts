import {strategy} from './strategy.ts'
import {moving, switchOver} from './switch-over.ts'

/** The classic mistake: whoever has not moved yet writes to a primary that nobody copies any more. */
export const promoteThenSwitch = strategy({
  name: 'promote-then-switch',
  summary: 'Promote a replica of the new version, then move clients: what they still write to the old one is lost.',
  suits: ['store'],
  options: moving,

  release: switchOver<typeof moving>(function* ({store, heir, options}) {
    heir.promote()
    store.pointTo(heir)
    yield* store.moveClients(options.clientsMove)
  }),
})
