import {type Script, sleep, together} from '../engine/script.ts'
import {type Duration, seconds} from '../engine/time.ts'
import type {L4Host} from '../net/l4/l4-host.ts'
import {batch, duration, flag} from './option.ts'
import {batches, strategy, workThrough} from './strategy.ts'

const options = {
  batch: batch(1, 'L4 hosts restarted at a time: a fraction of them, or a number'),
  pause: batches.pause,
  canary: batches.canary,
  withdraw: flag(true, 'whether an L4 host first has routers send its flows to the others'),
  downtime: duration(seconds(5), 'time for which it forwards nothing'),
} as const

/** What an L4 balancer as Katran has: a host that comes back knows no flow, and those that it had are with others. */
export const l4Restart = strategy({
  name: 'l4-restart',
  summary: 'Restart the hosts of the L4 balancer, which forget their connection tables.',
  suits: ['l4lb'],
  options,

  *release({l4lb}, options) {
    yield* workThrough(l4lb!, options, function* (now) {
      l4lb!.announce(now)
      yield* together(now.map(l4 => restart(l4, options.withdraw, options.downtime)))
    })
  },
})

function* restart(l4: L4Host, withdraw: boolean, downtime: Duration): Script {
  if (withdraw) l4.withdraw()
  l4.stop()
  yield* sleep(downtime)
  l4.start()
}
