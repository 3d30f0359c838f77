import type {Kind} from '../../engine/simulator.ts'
import {type Duration, millis, type Time} from '../../engine/time.ts'
import type {Host} from '../host/host.ts'
import type {World} from '../world.ts'
import {Hold, type Pause} from './hold.ts'
import type {Upstream} from './upstream.ts'

/** Nobody looks more often whether it may go on. */
const shortestWait = millis(1)

/** A request that waits at a gate, until a core begins with it. */
interface Ticket {
  readonly row: number
  readonly gate: Gate
  /** Whether it is told when it may go on, looks from time to time, tries itself, or is only on its way from the gate to a host. */
  readonly how: 'is told' | 'looks' | 'tries' | 'claims'
  /** When it came. */
  readonly since: Time
  /** When it waits no longer. */
  readonly until: Time
  /** Between two looks or tries. */
  readonly interval: Duration
  /** Of a chain the one that it follows, and from when on nobody waits for this one. */
  before?: Ticket | undefined
  goneAt: Time
  state: 'held' | 'let through' | 'taken'
}
type Manner = Pick<Ticket, 'how' | 'until' | 'interval'>

/** Where the requests of one proxy host for one tier wait. */
interface Gate {
  readonly host: Host
  readonly hold: Hold
  /** The end of the chain. */
  last?: Ticket
  size: number
}

/**
 * Between a proxy and the tier behind it.
 *
 *     arrives ─┬─ open ─────────────────────────► looks for a server ──► one takes it
 *              │                                   ▲          │ none does: 503
 *              ├─ shut: held ── resumed ───────────┤          │ with `tryDuration`: again after `tryInterval`
 *              │          └──── too long: 504,     │          │                  └ too long: 502
 *              │                or of a chain ─────┘◄─────────┘
 *              └─ no room: 503
 */
export class Gates {
  private readonly world: World
  private readonly looks: Kind
  private readonly gates = new Map<Upstream, Gate>()
  private readonly holds = new Map<string, Hold>()
  /** By row, in the order in which they came. */
  private readonly tickets = new Map<number, Ticket>()

  constructor(world: World) {
    this.world = world
    this.looks = world.sim.kind('held', row => this.look(this.tickets.get(row)!), 'routine')
  }

  /** What is held for a tier, if anything ever was. */
  holdOf(tier: string): Hold | undefined {
    return this.holds.get(tier)
  }

  /** Whether a request for a tier may have to wait just now. */
  mayHold(tier: string): boolean {
    const hold = this.holds.get(tier)
    return hold !== undefined && (hold.pause !== undefined || hold.tally.held > 0)
  }

  /** From now on all proxies hold what they would pass on to a tier. */
  shut(tier: string, pause: Pause): void {
    this.holdFor(tier).stop(pause)
    this.world.control({kind: 'hold', tier, on: true})
    this.tellProbers(tier)
  }

  /** They go on: who waits to be told is told, in the order in which they came. */
  open(tier: string): void {
    const hold = this.holdFor(tier)
    hold.goOn(this.world.sim.now)
    this.world.control({kind: 'hold', tier, on: false})
    for (const ticket of this.tickets.values())
      if (ticket.gate.hold === hold && ticket.state === 'held' && ticket.how === 'is told') this.letThrough(ticket)
    this.tellProbers(tier)
  }

  /** Whether `row` may look for a server now; if not it waits, or has its answer. */
  admits(row: number, host: Host, upstream: Upstream): boolean {
    const ticket = this.tickets.get(row)
    if (ticket?.state === 'let through') return true
    const pause = this.holds.get(upstream.to)?.pause
    if (pause === undefined) return ticket?.state === 'held' || this.claims(row, host, upstream)
    const {discipline, failAfter, interval} = pause
    const until = this.world.sim.now + failAfter
    if (discipline === 'broadcast')
      this.keep(row, this.gateOf(host, upstream), {how: 'is told', until, interval: Infinity})
    else this.keep(row, this.gateOf(host, upstream), {how: 'looks', until, interval})
    return false
  }

  /** A while passes between the look whether it is to be held and the choice of a host. */
  private claims(row: number, host: Host, upstream: Upstream): boolean {
    const {claim} = upstream.options
    if (claim === 0) return true
    const ticket = this.issue(row, this.gateOf(host, upstream), {how: 'claims', until: Infinity, interval: claim})
    ticket.state = 'let through'
    this.world.exchange.reachAt(row, this.world.sim.now + claim)
    return false
  }

  /** No server took `row`: it tries again in a while, if its proxy does so and not for too long already. */
  finds(row: number, host: Host, upstream: Upstream): void {
    const {tryDuration, tryInterval} = upstream.options
    const {now} = this.world.sim
    const ticket = this.tickets.get(row)
    if (ticket?.how === 'tries') return this.again(ticket)
    if (ticket?.how === 'looks') return this.world.exchange.fail(row, 'backend-down')
    if (tryDuration === 0) return this.world.exchange.fail(row, 'no-server')
    this.keep(row, this.gateOf(host, upstream), {how: 'tries', until: now + tryDuration, interval: tryInterval})
  }

  private keep(row: number, gate: Gate, how: Manner): void {
    const known = this.tickets.get(row)
    if (known?.state === 'held') this.release(known)
    if (gate.size >= gate.host.options.queue) return this.refuse(row, gate)
    const ticket = this.issue(row, gate, how)
    if (how.how === 'looks') {
      if (gate.last !== undefined) ticket.before = gate.last
      gate.last = ticket
    }
    gate.size++
    gate.hold.count(this.world.sim.now, 1)
    this.wait(ticket)
  }

  private refuse(row: number, {hold}: Gate): void {
    hold.tally.refused++
    this.world.exchange.fail(row, 'queue-full')
  }

  /** Who waited before, at another gate or for another reason, has waited since then. */
  private issue(row: number, gate: Gate, how: Manner): Ticket {
    const since = this.tickets.get(row)?.since ?? this.world.sim.now
    const ticket: Ticket = {row, gate, ...how, since, goneAt: Infinity, state: 'held'}
    this.tickets.set(row, ticket)
    return ticket
  }

  /** Until its next look or try, or until it has waited for too long; or its client goes, if that is sooner. */
  private wait(ticket: Ticket): void {
    if (ticket.how === 'tries') return this.again(ticket)
    const {row, until, interval} = ticket
    this.world.exchange.step(row, Math.min(until, this.world.sim.now + Math.max(interval, shortestWait)), this.looks)
  }

  private again(ticket: Ticket): void {
    const {row, until, interval} = ticket
    const next = this.world.sim.now + Math.max(interval, shortestWait)
    if (next > until) return this.expire(ticket)
    this.world.relay.forgetTries(row)
    this.world.exchange.reachAt(row, next)
  }

  private look(ticket: Ticket): void {
    const {now} = this.world.sim
    const {gate, before, until} = ticket
    if (now >= until) this.expire(ticket)
    else if (gate.hold.pause === undefined && (before === undefined || before.goneAt <= now)) this.letThrough(ticket)
    else this.wait(ticket)
  }

  /** It has waited for too long. Of a chain it is passed on, whether there is anybody or not. */
  private expire(ticket: Ticket): void {
    ticket.gate.hold.tally.expired++
    if (ticket.how === 'looks') return this.letThrough(ticket)
    this.release(ticket)
    this.world.exchange.fail(ticket.row, ticket.how === 'tries' ? 'backend-down' : 'held-too-long')
  }

  private letThrough(ticket: Ticket): void {
    const {sim, exchange, connections, relay} = this.world
    sim.cancel(connections.timer[ticket.row]!)
    this.release(ticket)
    relay.forgetTries(ticket.row)
    exchange.reachAt(ticket.row, sim.now)
  }

  /** It is held no more. */
  private release(ticket: Ticket): void {
    const {now} = this.world.sim
    ticket.state = 'let through'
    ticket.goneAt = now
    ticket.before = undefined
    ticket.gate.size--
    ticket.gate.hold.count(now, -1)
  }

  /** A server has taken `row`. */
  taken(row: number): void {
    const ticket = this.tickets.get(row)
    if (ticket === undefined) return
    if (ticket.how === 'claims') this.tickets.delete(row)
    if (ticket.state === 'held') {
      this.release(ticket)
      ticket.gate.hold.goOn(this.world.sim.now)
    }
    ticket.state = 'taken'
  }

  /** A core begins with `row` at `start`, or its tunnel is open. */
  begins(row: number, start: Time): void {
    const ticket = this.tickets.get(row)
    if (ticket === undefined) return
    this.tickets.delete(row)
    ticket.gate.hold.tally.waits.push(start - ticket.since)
  }

  /** `row` is over, or its client has gone: of a chain, those behind it find out when it would have waited for too long. */
  leaves(row: number): void {
    const ticket = this.tickets.get(row)
    if (ticket === undefined) return
    this.tickets.delete(row)
    if (ticket.state !== 'held') return
    ticket.gate.hold.tally.gone++
    this.release(ticket)
    ticket.goneAt = ticket.until
  }

  /** A host of a tier has less to do than before. */
  served(host: Host): void {
    this.holds.get(host.tier)?.look(this.world.sim.now)
  }

  /** Whether a proxy would have somebody behind it answer its health checks, and there is nobody. */
  leavesUnanswered({upstreams}: Host): boolean {
    return upstreams.some(({to}) => {
      if (this.holds.get(to)?.pause?.checks !== 'passed on') return false
      return !this.world.fleet(to).hosts.some(host => host.answersProbes)
    })
  }

  /** What proxies answer those who probe them may hang on a tier behind them. */
  changed(tier: string): void {
    if (this.holds.get(tier)?.pause?.checks === 'passed on') this.tellProbers(tier)
  }

  private tellProbers(tier: string): void {
    for (const {everyHost} of this.world.fleets.values())
      for (const {upstreams, probers} of everyHost)
        if (upstreams.some(({to}) => to === tier)) for (const prober of probers) prober.wake()
  }

  private gateOf(host: Host, upstream: Upstream): Gate {
    const known = this.gates.get(upstream)
    if (known !== undefined) return known
    const gate = {host, hold: this.holdFor(upstream.to), size: 0}
    this.gates.set(upstream, gate)
    return gate
  }

  private holdFor(tier: string): Hold {
    const known = this.holds.get(tier)
    if (known !== undefined) return known
    const {end, resolution} = this.world.options
    const hold = new Hold(end, resolution, () => this.world.fleet(tier).hosts)
    this.holds.set(tier, hold)
    return hold
  }
}
