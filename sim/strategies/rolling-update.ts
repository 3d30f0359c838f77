import {fixed} from '../engine/distributions.ts'
import {type Script, sleep, together, until} from '../engine/script.ts'
import {seconds} from '../engine/time.ts'
import type {Fleet} from '../net/host/fleet.ts'
import type {Host} from '../net/host/host.ts'
import {drainOut, drains} from './drains.ts'
import {duration, flag, law, share, type Values} from './option.ts'
import {strategy} from './strategy.ts'

const {drainTimeout: _, ...drain} = drains

export const options = {
  surge: share(0.25, 'pods above the wanted number: a share of the fleet, rounded up, or a number'),
  unavailable: share(0.25, 'pods below the wanted number: a share of the fleet, rounded down, or a number'),
  minReady: duration(0, 'time for which a new pod must have been in rotation before it counts as available'),
  propagation: law(fixed(seconds(1)), '1s', 'how long each who sends work to a removed pod goes on doing so'),
  preStop: duration(0, 'time from the removal of a pod to its SIGTERM, part of the grace period'),
  preStopEndsEarly: flag(false, 'whether SIGTERM comes as soon as the removed pod holds nothing more'),
  terminationGracePeriod: duration(seconds(30), 'time from the removal of a pod to its SIGKILL'),
  ...drain,
} as const

type Pod = Host
type Told = Values<typeof options>

/**
 * A Deployment's RollingUpdate (kubernetes.io, deployment.md and pod-lifecycle.md). As a pod is removed two things begin
 * at the same time, and neither waits for the other: those who send it work hear that it is no endpoint any more, and the
 * kubelet runs preStop, then sends SIGTERM. Who hears later than the pod closes its listener is refused.
 *
 * Halted, it starts no more pods. Those that boot come to be available, and for each an old one goes as always, as long as
 * that leaves as many pods as are wanted.
 */
export const rollingUpdate = strategy({
  name: 'rolling-update',
  summary: 'Start new pods; as each gets work, take an old one out of the endpoints and stop it at the same time.',
  suits: ['proxy', 'server'],
  options,

  release: (fleet, told) => roll(fleet, told),
})

/** The same, for whoever has to know how far it is: how many old pods still get work, and how many new ones are available. */
export function* roll(fleet: Fleet, told: Told, progress: (old: number, fresh: number) => void = () => {}): Script {
  const olds = [...fleet.hosts]
  const wanted = olds.length
  const {surge, unavailable} = roomFor(told, wanted)
  let missing = wanted
  let available = 0

  /** One pod after the other: as each is available, an old one goes. */
  function* replace(): Script {
    if (missing === 0 || fleet.halted.holds) return
    missing--
    const fresh = yield* fleet.addHost()
    yield* until(fresh.returned)
    yield* sleep(told.minReady)
    progress(olds.length, ++available)
    yield* together([terminateNext(), replace()])
  }
  function* terminateNext(): Script {
    // An old pod stays for each new one that will not come.
    const pod = fleet.halted.holds && olds.length <= missing ? undefined : olds.shift()
    if (pod === undefined) return
    progress(olds.length, available)
    yield* terminate(fleet, pod, told)
  }
  const atOnce = (script: () => Script, times: number) => Array.from({length: times}, script)
  const slots = Math.min(wanted, surge + unavailable)
  yield* together([...atOnce(terminateNext, Math.min(wanted, unavailable)), ...atOnce(replace, slots)])
}

function* terminate(fleet: Fleet, pod: Pod, told: Told): Script {
  const {propagation, preStop, preStopEndsEarly, terminationGracePeriod} = told
  const hook = Math.min(preStop, terminationGracePeriod)
  fleet.announce([pod])
  fleet.removeHost(pod, propagation)
  if (preStopEndsEarly) yield* until(pod.empty, {within: hook})
  else yield* sleep(hook)
  const rest = terminationGracePeriod === Infinity ? Infinity : terminationGracePeriod - hook
  yield* pod.attended(drainOut(pod.current, {...told, drainTimeout: rest}))
}

const rounding = 1e-9

/** How many pods there may be above the wanted number, and below it. */
export function roomFor(
  told: Pick<Told, 'surge' | 'unavailable'>,
  wanted: number,
): {readonly surge: number; readonly unavailable: number} {
  const surge = Math.ceil(count(told.surge, wanted) - rounding)
  return {
    surge,
    unavailable: Math.max(surge === 0 ? 1 : 0, Math.floor(count(told.unavailable, wanted) + rounding)),
  }
}

/** Below 1 it is a share of the fleet; Infinity is all of it. */
const count = (size: number, pods: number): number => Math.min(pods, size < 1 ? size * pods : size)
