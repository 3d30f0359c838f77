import type {Kind, Timer} from '../../engine/simulator.ts'
import type {Duration, Time} from '../../engine/time.ts'
import type {KeepAliveClient} from '../client/keep-alive.ts'
import {State} from '../connections.ts'
import type {World} from '../world.ts'
import type {Calm} from './calm.ts'
import {Crowd} from './crowd.ts'

/**
 * Requests on connections that stand. Who finds a connection that is closed, or about to be, or busy with the request
 * before, is apart from the crowd and comes by an event of its own; so it has to be known ahead who that is.
 */
export class KeepAliveCrowd extends Crowd {
  private readonly visitors: KeepAliveClient
  private readonly comesApart: Kind
  /** Of the visits ahead, from the next on: whether it is apart. */
  private apart: boolean[] = []
  /** How many of them have come since they were planned. */
  private come = 0
  private timers: Timer[] = []
  /** Client → the plan in which it came last. */
  private readonly seen = new Uint32Array(0)
  private plans = 0

  constructor(world: World, client: KeepAliveClient, calm: Calm) {
    super(world, client, calm)
    this.visitors = client
    this.seen = new Uint32Array(client.options.connections)
    this.comesApart = world.sim.kind(`apart/${client.index}`, () => this.arriveApart(), 'routine')
  }

  /** Nor may any connection have been forgotten on the way. */
  protected override get holds(): boolean {
    return super.holds && this.entry.l4lb!.hosts.every(({mayForget}) => !mayForget)
  }

  protected override plan(until: Time): void {
    const {visits} = this.visitors
    const {sim} = this.world
    for (const timer of this.timers) sim.cancel(timer)
    this.timers = []
    this.apart = []
    this.come = 0
    this.plans++
    for (let k = 0; visits.at(k) < until; k++) {
      const isApart = this.isApart(visits.who(k), until)
      if (isApart) this.timers.push(sim.at(visits.at(k), this.comesApart, 0))
      this.apart.push(isApart)
    }
  }

  override upset(): void {
    for (const timer of this.timers) this.world.sim.cancel(timer)
    this.timers = []
    super.upset()
  }

  /** Whether something may happen to a request of this client before `until` that it does not happen to others. */
  private isApart(who: number, until: Time): boolean {
    const c = this.connections
    const row = this.visitors.rowOf(who)
    const hasCome = this.seen[who] === this.plans
    this.seen[who] = this.plans
    if (hasCome || c.state[row] !== State.open || c.span[row] !== Number.POSITIVE_INFINITY) return true
    const process = this.world.processes[c.process[row]!]!
    // Of a host that is not in rotation nobody has asked whether all is calm there.
    if (process.state !== 'serving' || !process.accepts || !process.host.inRotation.holds) return true
    return c.since[row]! + this.entry.options.keepAlive <= until + this.visitors.link.transit()
  }

  private arriveApart(): void {
    this.settle()
    while (this.apart[this.come] === false) this.followNext()
    this.come++
    this.visitors.arriveApart()
  }

  protected follow(at: Time, work: Duration, who: number): void {
    this.come++
    const c = this.connections
    const {now} = this.world.sim
    const row = this.visitors.rowOf(who)
    const received = at + this.visitors.link.transit()
    if (received >= now) return this.send(row, at, work, received)
    const process = this.world.processes[c.process[row]!]!
    const cost = Math.round(process.host.options.cpu.request * process.warmUp.slowdown(received))
    process.host.cpu.spend(received, cost)
    this.comes(at, c.address[row]!, c.hash[row]!)
    let stage = this.ask(process, received + cost, work)
    if (stage === 'answered' && !this.isInTime(at)) stage = 'late'
    if (stage !== 'answered') {
      this.begin(row, at, work)
      return this.goOn(row, process, stage)
    }
    c.since[row] = this.served
    this.tell(row, at, process)
  }

  private send(row: number, at: Time, work: Duration, received: Time): void {
    this.begin(row, at, work)
    this.connections.state[row] = State.sending
    this.world.exchange.step(row, received, this.visitors.requestDue)
  }
}
