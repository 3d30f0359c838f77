import type {Duration, Time} from '../../engine/time.ts'
import type {HttpClient} from '../client/requests.ts'
import type {ListeningSocket} from '../host/socket.ts'
import type {World} from '../world.ts'
import type {Calm} from './calm.ts'
import {Crowd, type Stage} from './crowd.ts'

/** Requests that each have a connection of their own. */
export class HttpCrowd extends Crowd {
  private readonly visitors: HttpClient
  /** Stands for everybody whose life is over when it is told. */
  private readonly anybody: number

  constructor(world: World, client: HttpClient, calm: Calm) {
    super(world, client, calm)
    this.visitors = client
    this.anybody = world.connections.add(client.index, 0)
  }

  /** As `handshake.ts` has it, in one go. */
  protected follow(at: Time, work: Duration): void {
    const {now} = this.world.sim
    const {link} = this.visitors
    const address = this.visitors.newAddress()
    const hash = this.entry.l4lb!.hash(address, 0)
    const syn = at + link.latency()
    if (syn >= now) return this.world.handshake.sendAt(this.newRow(at, work, address, hash), syn)
    const l4 = this.entry.l4lb!.hostOf(hash)!
    l4.enter(hash)
    const socket = l4.pick(hash)!.tcp.pick(hash)!
    const accept = syn + link.handshake()
    if (accept >= now) return this.halfOpen(this.newRow(at, work, address, hash), socket, syn, accept)
    const {owner} = socket
    const {handshake, request} = owner.host.options.cpu
    const cost = Math.round((handshake + request) * owner.warmUp.slowdown(accept))
    owner.host.cpu.spend(accept, cost)
    this.comes(at, address, hash)
    let stage = this.ask(owner, accept + cost, work)
    if (stage === 'answered' && !this.isInTime(at)) stage = 'late'
    if (stage !== 'answered') return this.accepted(this.newRow(at, work, address, hash), socket, syn, stage)
    this.connections.address[this.anybody] = address
    this.tell(this.anybody, at, owner)
  }

  private newRow(at: Time, work: Duration, address: number, hash: number): number {
    const c = this.connections
    const row = c.add(this.visitors.index, address)
    this.begin(row, at, work)
    c.syns[row] = 0
    c.attempts[row] = 1
    c.connectBy[row] = at + this.visitors.options.connectTimeout
    c.hash[row] = hash
    return row
  }

  private halfOpen(row: number, socket: ListeningSocket, syn: Time, accept: Time): void {
    this.connections.synAt[row] = syn
    this.world.handshake.greet(row, socket, accept)
  }

  private accepted(row: number, {owner}: ListeningSocket, syn: Time, stage: Stage): void {
    this.connections.synAt[row] = syn
    this.world.handshake.join(row, owner)
    this.goOn(row, owner, stage)
  }
}
