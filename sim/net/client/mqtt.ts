import type {Random} from '../../engine/random.ts'
import type {Kind} from '../../engine/simulator.ts'
import type {Duration, Time} from '../../engine/time.ts'
import {State} from '../connections.ts'
import {type Cause, type Closing, type Outcome, tunnelMessageOf} from '../events.ts'
import {SessionContexts} from '../host/session-contexts.ts'
import type {MqttWorkload} from '../options.ts'
import type {World} from '../world.ts'
import {inOrder, Publishes} from './publishes.ts'
import {TunnelClient} from './tunnel.ts'

const acknowledgement = tunnelMessageOf('connect-ack')

/**
 * Users of MQTT (OASIS, 3.1.1). Their connection to the Edge goes on as a tunnel to the broker that has their session.
 *
 *     CONNECT ──► broker: context? ──CONNACK──► open ──renewal──► CONNECT …
 *                                                 ╰──broken──► back-off ──► CONNECT …
 */
export class MqttClient extends TunnelClient<MqttWorkload> {
  readonly contexts = new SessionContexts()
  /** From clients to brokers, and from brokers to clients. */
  readonly up: Publishes
  readonly down: Publishes
  private readonly renewals: Random
  /** Those who have asked for a fresh connection, and keep the old one until it is there. */
  private readonly changing = new Set<number>()
  private readonly connack: Kind

  constructor(world: World, name: string, index: number, options: MqttWorkload) {
    super(world, name, index, options)
    this.renewals = world.sim.random(`renewal/${name}`)
    this.connack = world.sim.kind(`connack/${name}`, row => this.acknowledged(row), 'routine')
    this.up = new Publishes(world, options.publish.up, 'up', index)
    this.down = new Publishes(world, options.publish.down, 'down', index)
  }

  protected get interval(): Duration {
    return Math.min(this.options.keepAlive, this.options.publish.up.every)
  }

  override get movable(): boolean {
    return true
  }

  override goesAt(row: number): Time {
    return Math.min(super.goesAt(row), this.connections.work[row]!)
  }

  protected override newcomer(): number {
    const row = super.newcomer()
    this.contexts.forget(row)
    this.up.forget(row)
    this.down.forget(row)
    return row
  }

  /** CONNECT is there: who is it, and is there a context of theirs? */
  reached(row: number): void {
    const {relay, exchange, sim} = this.world
    const broker = relay.holder(row)
    const cost = Math.round(broker.host.options.session!.cpu * broker.warmUp.slowdown(sim.now))
    exchange.step(row, broker.host.cpu.book(sim.now, cost) + cost, this.connack)
  }

  private acknowledged(row: number): void {
    const took = this.world.sim.now - this.connections.startedAt[row]!
    this.stay(row, took + this.wayBack(this.path.length - 1))
  }

  protected override stay(row: number, took: Duration): void {
    const {now} = this.world.sim
    const {renewal} = this.options
    this.connections.work[row] = now + (now === 0 ? renewal.residual(this.renewals) : renewal.sample(this.renewals))
    const kept = this.contexts.bind(row, this.world.relay.holder(row), now)
    super.stay(row, took)
    if (this.changing.delete(row)) this.world.observer.message(now, this.index, row, -1, acknowledgement)
    this.up.flow(row, now, true)
    this.down.flow(row, now, kept)
    this.world.reuse.joined(row)
  }

  /** The user goes, or only changes to another connection: for another network, or because this one fell asleep. */
  protected override left(row: number): void {
    if (this.world.sim.now >= this.connections.span[row]!) super.left(row)
    else this.renew(row)
  }

  private renew(row: number): void {
    this.end(row, 'completed', 'done', this.world.sim.now - this.connections.startedAt[row]!)
    this.world.exchange.detach(row, 'done')
    this.world.observer.reconnects(this.world.sim.now, this.index, row)
    this.attempt(row, 0)
  }

  /** Its Edge, which leaves, asks it to reconnect. */
  resume(row: number): void {
    this.world.sim.cancel(this.connections.timer[row]!)
    this.changing.add(row)
    this.renew(row)
  }

  override parts(row: number, how: Closing): void {
    if (this.changing.has(row)) return
    const {now} = this.world.sim
    this.contexts.unbind(row, now)
    if (how !== 'broken') {
      this.up.stop(row, now, inOrder(now))
      this.down.stop(row, now, inOrder(now))
    } else this.breaks(row)
  }

  /** Whatever is between the ends and the process that broke it is lost. */
  private breaks(row: number): void {
    const {now} = this.world.sim
    const holders = this.world.relay.holders(row)
    const gone = holders.findIndex(({alive}) => !alive)
    const at =
      gone === -1
        ? Math.max(
            0,
            holders.findIndex(({draining}) => draining),
          )
        : gone
    const toClient = this.wayBack(at)
    const toBroker = this.wayFrom(at)
    const hears = holders[at]!.host.powered ? now + toBroker : Number.POSITIVE_INFINITY
    this.up.stop(row, now, {lost: toClient, unacknowledged: 2 * toBroker, noticed: Number.POSITIVE_INFINITY})
    this.down.stop(row, now, {lost: toBroker, unacknowledged: 2 * toClient, noticed: hears})
  }

  /** The proxy at `depth` of the path has its tunnel through another: the broker knew before, and now it does. */
  moved(row: number, depth: number, {solicitedAt, boundAt}: {solicitedAt: Time; boundAt: Time}): void {
    const toProxy = this.wayBack(depth)
    const now = this.world.sim.now - toProxy
    if (this.options.publish.up.gap === 'buffer') this.up.pause(row, solicitedAt - toProxy, now)
    else this.up.miss(row, boundAt - toProxy - this.wayFrom(depth), now)
  }

  override failed(row: number, outcome: Outcome, cause: Cause, notice: Duration): void {
    if (this.changing.delete(row)) this.parts(row, 'done')
    this.up.notice(row, this.world.sim.now + notice)
    super.failed(row, outcome, cause, notice)
  }

  protected override gone(row: number): void {
    const at = Math.min(this.world.options.end, Math.max(this.world.sim.now, this.connections.span[row]!))
    this.up.end(row, at, 'lost')
    this.down.end(row, at, 'lost')
    super.gone(row)
  }

  /** The run is over. */
  override conclude(): void {
    const {end} = this.world.options
    for (let row = 0; row < this.connections.end; row++) {
      if (this.connections.workload[row] !== this.index || this.connections.state[row] === State.free) continue
      this.up.end(row, end, 'waiting')
      this.down.end(row, end, 'waiting')
    }
  }
}
