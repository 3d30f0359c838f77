import {fixed} from '../engine/distributions.ts'
import {sleep, together} from '../engine/script.ts'
import {minutes, seconds} from '../engine/time.ts'
import {drainOut, drains} from './drains.ts'
import {duration, law} from './option.ts'
import {strategy} from './strategy.ts'

const options = {
  propagation: law(fixed(0), '0s', 'how long each who sends work to the old fleet goes on doing so after the switch'),
  settle: duration(seconds(1), 'time from the switch to the drain of the old fleet, for handshakes under way'),
  ...drains,
  drainTimeout: duration(minutes(5), 'longest time for which the old fleet may finish what it has'),
} as const

/**
 * A second fleet beside the first (Humble and Farley, Continuous Delivery, 10): once all of it is well, new work goes there
 * and the first one drains. Twice the hosts for as long as that takes; the way back is the same switch. Halted before it,
 * the switch never comes, and the second fleet is given back when it has booted; halted later, the first drains to its end.
 */
export const blueGreen = strategy({
  name: 'blue-green',
  summary: 'Start a second fleet, send all new work there in one instant, then drain the first.',
  suits: ['proxy', 'server'],
  options,

  *release(fleet, {propagation, settle, ...drain}) {
    const blue = fleet.hosts
    const green = yield* together(blue.map(() => fleet.prepareHost()))
    if (fleet.halted.holds) return green.forEach(host => fleet.discard(host))
    fleet.announce(green)
    fleet.switchTo(green, propagation)
    yield* sleep(settle)
    yield* together(blue.map(host => host.attended(drainOut(host.current, drain))))
  },
})
