import {sleep} from '../engine/script.ts'
import {seconds} from '../engine/time.ts'
import {drainOut, drains} from './drains.ts'
import {duration} from './option.ts'
import {batches, inBatches, strategy} from './strategy.ts'

const options = {
  ...batches,
  ...drains,
  settle: duration(
    seconds(1),
    'time from the flip of the map to the closing of the old listener, for handshakes under way',
  ),
} as const

/**
 * What Facebook replaced Socket Takeover with ("From XDP to Socket", Linux Plumbers 2021): both processes are bound to the
 * port, and a BPF program picks the socket. Flows stay with the process that has them, new ones go where a map says,
 * and the new process flips the map when it is ready. Nothing is passed, and no packet is forwarded.
 */
export const reuseportSteering = strategy({
  name: 'reuseport-steering',
  summary: 'Start the new process bound beside the old, steer new flows to it with a BPF map, drain the old.',
  suits: ['proxy', 'server'],
  options,

  release: inBatches<typeof options>(function* (host, {settle, ...drain}) {
    const old = host.current
    host.steerTo(old)
    const fresh = yield* host.boot()
    fresh.listen({reuseport: true})
    fresh.answerHealthChecks()
    host.steerTo(fresh)
    yield* sleep(settle)
    yield* drainOut(old, drain)
  }),
})
