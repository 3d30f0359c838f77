import {until} from '../engine/script.ts'
import {strategy} from './strategy.ts'
import {switchOver, watching} from './switch-over.ts'

/** A crash made on purpose: what an orchestrator does that knows nothing of roles. Without a Sentinel its operator promotes. */
export const killPrimary = strategy({
  name: 'kill-primary',
  summary: 'Kill the old primary, and let Sentinel find that out and promote a replica.',
  suits: ['store'],
  options: watching,

  release: switchOver<typeof watching>(function* ({store, old, heir, options}) {
    old.host.current.kill()
    if ((yield* until(heir.leads, {within: options.silence})) || store.primary !== old) return
    heir.promote()
    store.pointTo(heir)
  }),
})
