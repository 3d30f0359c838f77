import {together, until} from '../engine/script.ts'
import {seconds} from '../engine/time.ts'
import {drainTarget, targetDrains} from './drains.ts'
import {duration} from './option.ts'
import {strategy} from './strategy.ts'

const options = {
  deployTimeout: duration(
    seconds(30),
    'how long the new processes may take until all are ready; then the old ones stay',
  ),
  ...targetDrains,
} as const

/** How Kamal deploys: the proxies turn from the old containers to the new ones in one instant, or not at all. */
export const overlapDeploy = strategy({
  name: 'overlap-deploy',
  summary: 'Start the new processes beside the old, turn to them when all are ready, then drain the old.',
  suits: ['server'],
  needs: 'proxies',
  options,

  *release(fleet, {deployTimeout, ...drain}) {
    const {hosts} = fleet
    fleet.announce(hosts)
    const olds = hosts.map(host => host.current)
    const fresh = hosts.map(host => host.launch())
    const ready = yield* together(fresh.map(it => until(it.ready, {within: deployTimeout})))
    if (fleet.halted.holds || ready.includes(false)) {
      for (const it of fresh) it.kill()
      return fleet.callOff()
    }
    for (const it of fresh) {
      it.listen({reuseport: true})
      it.answerHealthChecks()
    }
    yield* together(olds.map(old => drainTarget(old, drain)))
  },
})
