import type {Kind} from '../../engine/simulator.ts'
import {type Connections, State} from '../connections.ts'
import type {Host} from '../host/host.ts'
import type {World} from '../world.ts'
import type {L4Host} from './l4-host.ts'
import type {L4lb} from './l4lb.ts'

/** Packets of connections that stand, when the balancer does not lead all of them where it led them before. */
export class Rerouting {
  private readonly world: World
  private readonly connections: Connections
  private readonly stray: Kind

  constructor(world: World) {
    this.world = world
    this.connections = world.connections
    this.stray = world.sim.kind('stray-packet', row => this.astray(row), 'routine')
  }

  /**
   * Rings, tables or routers have changed. Flows that the ring does not lead home now are safe as long as a connection
   * table remembers them when they send a packet.
   */
  changed(balancer: L4lb, through: readonly L4Host[] = balancer.hosts): void {
    const ways = new Set(through.filter(l4 => l4.forwards && l4.mayForget))
    if (ways.size === 0 || balancer.options.pick !== 'maglev') return
    const c = this.connections
    for (let row = 0; row < c.end; row++) {
      const l4 = this.isBusy(row) ? this.wayOf(row, balancer) : undefined
      if (l4 === undefined || !ways.has(l4) || this.leadsHome(l4, row)) continue
      if (c.state[row] === State.open || !this.leads(l4, row)) this.lead(row)
    }
  }

  private isBusy(row: number): boolean {
    const c = this.connections
    const state = c.state[row]!
    return (
      (state === State.open ||
        state === State.uploading ||
        state === State.returning ||
        state === State.serving ||
        state === State.querying) &&
      c.process[row] !== -1
    )
  }

  /** The timer of an open connection has been taken away: looks again whether its next packet may go astray. */
  watch(row: number): void {
    const l4 = this.doubtfulWayOf(row)
    if (l4 !== undefined && !this.leadsHome(l4, row)) this.lead(row)
  }

  /** The L4 host that packets of `row` pass, if they pass one of this balancer. */
  private wayOf(row: number, balancer: L4lb): L4Host | undefined {
    const {l4lb} = this.world.clientOf(row).entry
    return l4lb === balancer ? balancer.hostOf(this.connections.hash[row]!) : undefined
  }

  /** Whether a packet that `row` sends now finds the process that has it. */
  finds(row: number): boolean {
    const l4 = this.doubtfulWayOf(row)
    return l4 === undefined || this.leads(l4, row)
  }

  /**
   * The L4 host that packets of `row` pass, if that may not lead them home. What is lost on the way is sent again, and
   * gets through when routers have found another way. Only a ring forgets; the other ways to pick are those of balancers
   * that hold the connection themselves.
   */
  private doubtfulWayOf(row: number): L4Host | undefined {
    const balancer = this.world.clientOf(row).entry.l4lb!
    const l4 = this.wayOf(row, balancer)
    const forgets = balancer.options.pick === 'maglev' && l4?.mayForget === true
    return forgets && l4.forwards ? l4 : undefined
  }

  /** Whether a packet of `row`, whose last one was at `last`, finds its process through this L4 host. */
  private leads(l4: L4Host, row: number, last = this.world.clientOf(row).lastPacket(row)): boolean {
    const c = this.connections
    const real = this.homeOf(row)
    const first = c.synAt[row]!
    const flow = {first, last: Math.max(first, last), real}
    return l4.forward({protocol: 'tcp', hash: c.hash[row]!, server: real.index, flow}) === real
  }

  /** Whether the ring alone leads a packet of `row` there. */
  private leadsHome(l4: L4Host, row: number): boolean {
    return l4.pick(this.connections.hash[row]!) === this.homeOf(row)
  }

  private homeOf(row: number): Host {
    return this.world.processes[this.connections.process[row]!]!.host
  }

  /** The next packet of `row` may go astray, if it sends one before its user leaves. */
  private lead(row: number): void {
    const c = this.connections
    const {sim} = this.world
    const client = this.world.clientOf(row)
    const next = client.nextPacket(row)
    if (next >= client.goesAt(row)) return
    if (!client.asks) c.since[row] = client.lastPacket(row)
    sim.cancel(c.timer[row]!)
    c.timer[row] = sim.at(next, this.stray, row)
  }

  /** A packet of a tunnel whose slot had changed hands: by now it may be back, or the flow be remembered once more. */
  private astray(row: number): void {
    const c = this.connections
    const client = this.world.clientOf(row)
    const l4 = client.entry.l4lb!.hostOf(c.hash[row]!)
    if (c.state[row] !== State.open) return this.misrouted(row)
    if (l4?.forwards !== true) return client.sent(row)
    const home = this.leadsHome(l4, row)
    if (!this.leads(l4, row, c.since[row]!)) return this.misrouted(row)
    client.sent(row)
    if (!home && c.state[row] === State.open) this.lead(row)
  }

  /** A real that knows nothing of the flow resets it. */
  misrouted(row: number): void {
    const client = this.world.clientOf(row)
    this.world.exchange.detach(row, 'broken')
    client.failed(row, 'misrouted', 'forgotten-by-l4lb', client.link.roundTrip())
  }
}
