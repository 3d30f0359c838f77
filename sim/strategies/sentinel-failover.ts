import {strategy} from './strategy.ts'
import {switchOver} from './switch-over.ts'

/** SENTINEL FAILOVER, with the priority of the new node such that it is the one. */
export const sentinelFailover = strategy({
  name: 'sentinel-failover',
  summary: 'Have Sentinel promote a replica; the old primary goes on taking writes until it is made a replica too.',
  suits: ['store'],
  options: {},

  release: switchOver(function* ({store, heir}) {
    yield* store.sentinel.failover(heir)
  }),
})
