import {Condition, type Script, sleep, together, until} from '../engine/script.ts'
import {seconds} from '../engine/time.ts'
import type {Host} from '../net/host/host.ts'
import {drainTarget, targetDrains} from './drains.ts'
import {choice, duration, type Values} from './option.ts'
import {strategy} from './strategy.ts'

const options = {
  discipline: choice(
    'broadcast',
    ['broadcast', 'chain'],
    'whether held requests go on all at once when they are told, or each after the one before it, as it looks',
  ),
  failAfter: duration(seconds(30), 'how long one request is held: then it gets a 504, or of a chain is passed on'),
  interval: duration(seconds(1), 'time between two looks of one request of a chain'),
  checks: choice('answered', ['answered', 'passed on'], 'who answers the proxies’ health checks meanwhile'),
  work: duration(0, 'what is done while nothing runs, such as a migration'),
  ...targetDrains,
} as const

/** What `kamal-proxy pause` and `resume` are for: for a moment nothing runs, and nobody is told so. */
export const requestPause = strategy({
  name: 'request-pause',
  summary: 'Have the proxies hold requests, restart all servers at once, then let the requests go on.',
  suits: ['server'],
  needs: 'proxies',
  options,

  *release(fleet, {discipline, failAfter, interval, checks, ...restart}) {
    const {hosts} = fleet
    fleet.announce(hosts)
    fleet.hold({discipline, failAfter, interval, checks})
    const running = {hosts: hosts.length, none: new Condition()}
    yield* together(hosts.map(host => host.attended(restarted(host, running, restart))))
    yield* together(hosts.map(host => until(host.returned)))
    fleet.resume()
  },
})

/** Hosts on which the old version still runs, and whether there are none. */
interface Running {
  hosts: number
  readonly none: Condition
}

function* restarted(host: Host, running: Running, {work, ...drain}: Omit<Values<typeof options>, Holding>): Script {
  yield* drainTarget(host.current, drain)
  running.none.set(--running.hosts === 0)
  yield* until(running.none)
  yield* sleep(work)
  const fresh = yield* host.boot()
  fresh.listen()
  fresh.answerHealthChecks()
}

type Holding = 'discipline' | 'failAfter' | 'interval' | 'checks'
