import {type Script, sleep, until} from '../../engine/script.ts'
import {millis, type Time} from '../../engine/time.ts'
import type {Fleet} from '../host/fleet.ts'
import type {Host} from '../host/host.ts'
import type {Process} from '../host/process.ts'
import type {Link} from '../link.ts'
import type {Http2Options, UpstreamOptions} from '../options.ts'
import type {World} from '../world.ts'
import type {Choice, Search, Upstream} from './upstream.ts'

/**
 * The long-lived HTTP/2 connections (RFC 9113) of one proxy host to the tier behind it; requests and tunnels are streams
 * in them. They go through that tier's L4 balancer, so the ring decides which host each of them ends at.
 */
export class Http2Links implements Upstream {
  readonly to: string
  readonly options: UpstreamOptions
  private readonly world: World
  private readonly http2: Http2Options
  private readonly fleet: Fleet
  private readonly link: Link
  /** Where its connections come from: an address that no client has. */
  private readonly address: number
  private readonly links = new Map<Process, readonly Http2Link[]>()
  private turn = 0
  private ports = 0

  constructor(world: World, options: UpstreamOptions, http2: Http2Options, host: Host, fleet: Fleet) {
    this.to = options.to
    this.options = options
    this.world = world
    this.http2 = http2
    this.fleet = fleet
    this.link = world.linkBetween(world.fleetOf(host), fleet)
    this.address = 2 ** 32 - 1 - host.actor
  }

  start(proxy: Process): void {
    if (this.links.has(proxy)) return
    const links = Array.from({length: this.http2.connections}, () => new Http2Link(this, proxy))
    this.links.set(proxy, links)
    for (const link of links) this.begin(link)
  }

  /** Those that are there before the run begins were opened long ago. */
  private begin(link: Http2Link): void {
    if (this.world.sim.now === 0) link.openAtOnce()
    this.world.sim.start(link.live())
  }

  /** One that can take new streams, in turn; a stream that meets a closed connection goes to the next one. */
  choose(proxy: Process, search: Search): Choice {
    const links = this.links.get(proxy)!
    const {now} = this.world.sim
    for (let k = 0; k < links.length; k++) {
      const server = links[this.turn++ % links.length]!.serverAt(now)
      if (server !== undefined && !(search.wanted === 'stays' && server.leaving.holds)) return {server, fresh: false}
    }
    return this.wait(links, search)
  }

  /** A request waits for a connection that is being opened; where none is, waiting is one of its tries. */
  private wait(links: readonly Http2Link[], search: Search): Choice {
    const opening = links.filter(link => link.isOpening)
    if (opening.length === 0 && search.tried++ >= this.options.redispatch) return 'none'
    const soonest = Math.min(...(opening.length > 0 ? opening : links).map(({opensAt}) => opensAt))
    return {again: Math.max(soonest, this.now + shortestWait)}
  }

  done(_proxy: Process, _server: Process): void {}

  /** A connection from a port of its own finds whoever the ring and the kernel give it; undefined if nobody accepts. */
  dial(): Process | undefined {
    const {l4lb} = this.fleet
    const hash = l4lb!.hash(this.address, this.ports++)
    const host = l4lb!.forward({protocol: 'tcp', flag: 'syn', hash})
    const socket = host?.powered ? host.tcp.pick(hash) : undefined
    return socket?.attended ? socket.owner : undefined
  }

  get waits(): Http2Options {
    return this.http2
  }

  /** TCP and TLS 1.3 take a round trip each. */
  handshake(server: Process): Time {
    const {cpu, options} = server.host
    const {now} = this.world.sim
    const start = cpu.book(now, options.cpu.handshake)
    return start - now + options.cpu.handshake + 2 * this.link.roundTrip()
  }

  /** Until the other end hears something; whoever has no power says nothing. */
  notice({host}: Process): Time {
    return host.powered ? this.link.transit() : this.options.connectTimeout
  }

  get now(): Time {
    return this.world.sim.now
  }
}

/** Nobody looks for a connection more often. */
const shortestWait = millis(1)

/** One connection, opened anew whenever its other end leaves. */
class Http2Link {
  /** When it is expected to be open. */
  opensAt: Time = 0
  /** Somebody has answered its SYN. */
  isOpening = false
  private readonly links: Http2Links
  private readonly proxy: Process
  private server: Process | undefined
  /** When its GOAWAY forbids new streams. */
  private retiresAt = Number.POSITIVE_INFINITY

  constructor(links: Http2Links, proxy: Process) {
    this.links = links
    this.proxy = proxy
  }

  /** Who takes a new stream. */
  serverAt(now: Time): Process | undefined {
    return this.server?.alive === true && now < this.retiresAt ? this.server : undefined
  }

  openAtOnce(): void {
    this.server = this.links.dial()
  }

  /**
   *     dial ──► handshake ──► open ──GOAWAY──► a fresh one is dialled; the old takes streams for `goawayWait`
   *      ▲ refused: `reopen`                ╰─RST──► a fresh one is dialled
   */
  *live(): Script {
    while (this.proxy.alive) {
      yield* this.open()
      if (this.server === undefined) return
      yield* until(this.server.leaving)
      const notice = this.links.notice(this.server)
      this.opensAt = this.links.now + notice
      yield* sleep(notice)
      this.retiresAt = this.links.now + this.links.waits.goawayWait
    }
  }

  /** Tries until it is open or its proxy is gone. */
  private *open(): Script {
    while (this.proxy.alive && this.server?.leaving.holds !== false) {
      const server = this.links.dial()
      const takes = server === undefined ? this.links.waits.reopen : this.links.handshake(server)
      this.opensAt = this.links.now + takes
      this.isOpening = server !== undefined
      yield* sleep(takes)
      this.isOpening = false
      if (server === undefined || server.leaving.holds) continue
      this.server = server
      this.retiresAt = Number.POSITIVE_INFINITY
    }
  }
}
