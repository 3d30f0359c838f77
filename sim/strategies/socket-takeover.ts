import {type Condition, type Script, sleep, together, until} from '../engine/script.ts'
import type {Duration} from '../engine/time.ts'
import type {Host} from '../net/host/host.ts'
import type {Process} from '../net/host/process.ts'
import {drainOut, drains} from './drains.ts'
import {choice, count, duration, flag, type Values} from './option.ts'
import {batches, inBatches, strategy} from './strategy.ts'

const options = {
  ...batches,
  ...drains,
  udp: choice(
    'forward',
    ['forward', 'pass', 'fresh'],
    'UDP sockets are passed and packets of the old process forwarded to it; passed only; or bound afresh beside the old ones',
  ),
  connect: duration(0, 'step A: time to connect to the takeover server of the old process'),
  pass: duration(0, 'step B: time to pass the descriptors of the sockets'),
  confirm: duration(0, 'steps C and D: time until the fresh process is ready for the VIPs and has said so'),
  forwardFor: duration(Infinity, 'step G: how long packets are forwarded; `none`: as long as the old process lives'),
  again: duration(Infinity, 'time from one takeover to the next one, of a release that follows; `none`: there is none'),
  times: count(1, 'how many releases follow, each `again` after the takeover before it'),
  admission: flag(true, 'whether a takeover waits until the process of the one before has gone'),
  fault: choice(
    'none',
    ['none', 'no-handshake', 'version', 'early-exit', 'unread-socket', 'leak'],
    'what goes wrong in the fresh version (paper section 5)',
  ),
  spike: duration(0, 'how long the fresh process keeps all cores of its host busy from its start on'),
  fallback: flag(false, 'whether a fresh process that cannot take over binds sockets of its own'),
} as const

/** Halted, a takeover that would follow another on its host does not begin. */
type Takeover = Values<typeof options> & {readonly halted: Condition}

/**
 * Proxygen's Socket Takeover (Zero Downtime Release, section 4.1): the new process receives the listening sockets of
 * the running one, so no SYN is ever refused, and the L4 balancer never sees the restart. The steps, by the letters of
 * the paper's figure 5:
 *
 *     A  fresh connects to the takeover server of the old process
 *     B  the old process sends its descriptors (SCM_RIGHTS)
 *     C  fresh makes ready to accept on them, and  D  confirms
 *     E  the old process accepts no more, and drains
 *     F  fresh answers health probes
 *     G  fresh forwards to the old process the packets that belong to it, until the drain ends
 */
export const socketTakeover = strategy({
  name: 'socket-takeover',
  summary: 'Start the new process beside the old, hand it the listening sockets, drain the old.',
  suits: ['proxy', 'server'],
  options,

  release: inBatches<typeof options>((host, takeover, {halted}) =>
    renew(host, {...takeover, halted}, takeover.again < Infinity ? takeover.times : 0),
  ),
})

interface Pair {
  readonly old: Process
  readonly fresh: Process
  /** Whether fresh can tell packets of old from its own, and pass them on. */
  readonly forwards: boolean
}

/** A fresh process starts on the host and takes over; so many more follow it. */
function* renew(host: Host, takeover: Takeover, more: number): Script {
  const old = host.current
  const fresh = yield* host.boot()
  const replacement = replace(host, old, fresh, takeover, more)
  if (takeover.spike > 0) yield* together([host.overload(takeover.spike), replacement])
  else yield* replacement
}

function* replace(host: Host, before: Process, started: Process, takeover: Takeover, more: number): Script {
  const pair = yield* takeOver(before, started, takeover)
  if (pair === undefined) return
  if (more > 0) yield* together([drain(pair, takeover), followUp(host, pair.old, takeover, more)])
  else yield* drain(pair, takeover)
}

/** A release that follows. One bit tells two processes apart and no more, so it should wait until the last has gone. */
function* followUp(host: Host, last: Process, takeover: Takeover, more: number): Script {
  if (yield* until(takeover.halted, {within: takeover.again})) return
  if (takeover.admission) yield* until(last.exited)
  yield* renew(host, takeover, more - 1)
}

/** Steps A to F. Undefined if nobody is left to drain: nothing was taken over, or the old process is gone. */
function* takeOver(old: Process, fresh: Process, takeover: Takeover): Script<Pair | undefined> {
  const {udp, connect, pass, confirm} = takeover
  const fault = fresh.version > old.version ? takeover.fault : 'none'
  yield* lasting(connect)
  if (fault === 'no-handshake' || fault === 'version') return yield* notTakenOver(old, fresh, takeover.fallback)
  yield* lasting(pass)
  if (fault === 'early-exit') return yield* tooEarly(old, fresh, confirm)
  yield* lasting(confirm)
  old.passSockets(fresh, {udp: udp !== 'fresh'})
  if (fault === 'unread-socket') fresh.leaveSocketUnread()
  fresh.leaks = fault === 'leak'
  fresh.answerHealthChecks()
  return {old, fresh, forwards: udp === 'forward'}
}

/** What takes no time is done at once. */
function* lasting(time: Duration): Script {
  if (time > 0) yield* sleep(time)
}

/** The fresh process gets no sockets: it goes, and the old one goes on as if nothing had happened, or it binds its own. */
function* notTakenOver(old: Process, fresh: Process, fallback: boolean): Script<Pair | undefined> {
  if (fallback) {
    fresh.listen({reuseport: true})
    fresh.answerHealthChecks()
    old.stopListening()
    return {old, fresh, forwards: false}
  }
  fresh.kill()
  yield* until(fresh.exited)
  return undefined
}

/** The old process passes its sockets and is gone before the fresh one is ready to read them. */
function* tooEarly(old: Process, fresh: Process, confirm: Duration): Script<undefined> {
  old.passSockets(fresh)
  fresh.stall(true)
  old.kill()
  yield* lasting(confirm)
  fresh.stall(false)
  fresh.answerHealthChecks()
  return undefined
}

/** The old process drains and ends; step G meanwhile. */
function* drain({old, fresh, forwards}: Pair, takeover: Takeover): Script {
  const {forwardFor} = takeover
  if (forwards) fresh.forwardPacketsTo(old)
  if (!forwards || forwardFor === Infinity) yield* drainOut(old, takeover)
  else yield* together([drainOut(old, takeover), stopForwarding(fresh, forwardFor)])
  fresh.stopForwarding()
}

function* stopForwarding(fresh: Process, after: Duration): Script {
  yield* sleep(after)
  fresh.stopForwarding()
}
