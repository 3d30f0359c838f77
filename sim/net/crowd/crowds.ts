import type {Kind} from '../../engine/simulator.ts'
import {type Duration, seconds, type Time} from '../../engine/time.ts'
import {KeepAliveClient} from '../client/keep-alive.ts'
import {highestRate} from '../client/rate.ts'
import {HttpClient, type RequestClient, UploadClient} from '../client/requests.ts'
import type {WebSocketClient} from '../client/websocket.ts'
import type {Fleet} from '../host/fleet.ts'
import type {L4lbOptions, RequestWorkload} from '../options.ts'
import {ServerPool} from '../proxy/server-pool.ts'
import type {World} from '../world.ts'
import {Calm} from './calm.ts'
import type {Crowd} from './crowd.ts'
import {HttpCrowd} from './http-crowd.ts'
import {KeepAliveCrowd} from './keep-alive-crowd.ts'
import {Openings} from './openings.ts'

/**
 * All requests that are worked out together, and when: before every turn, and at short intervals that end with every bucket of the series.
 *
 *     turn ──────────────── interval ends ───────── turn ───►
 *          whoever came and is answered: worked out │ whoever is under way: goes on event by event
 */
export class Crowds {
  private readonly world: World
  private readonly crowds: Crowd[] = []
  private readonly openings: Openings[] = []
  private readonly calms: Calm[] = []
  private readonly intervalEnds: Kind
  private begun = false

  constructor(world: World) {
    this.world = world
    this.intervalEnds = world.sim.kind('interval-ends', () => this.endInterval(), 'routine')
  }

  /** Takes over the requests of a workload, if what can happen to them is so plain that it may. */
  take(client: RequestClient<RequestWorkload>): boolean {
    if (!this.world.options.crowds || !isPlain(this.world, client)) return false
    const crowd = this.crowdOf(client)
    if (crowd === undefined) return false
    this.begin()
    this.crowds.push(crowd)
    client.awaitNext()
    return true
  }

  /** The openings of a workload's sessions, if those are as plain. */
  openingsOf(client: WebSocketClient): Openings | undefined {
    if (!this.world.options.crowds || !opensPlainly(this.world, client)) return undefined
    this.begin()
    const openings = new Openings(this.world, client, this.calmOn(client.path))
    this.openings.push(openings)
    return openings
  }

  /** Requests of a workload that needed no events of their own. */
  sizes(): number {
    return this.crowds.reduce((sum, {size}) => sum + size, 0)
  }

  /** Somebody has to wait for a core: for the rest of the bucket, order matters. */
  upset(): void {
    this.settle()
    for (const each of [...this.crowds, ...this.openings]) each.upset()
  }

  /** Tells what has become of everybody who has come so far, and has those who are under way go on by themselves. */
  settle(): void {
    for (const crowd of this.crowds) crowd.settle()
    for (const openings of this.openings) openings.goOn()
  }

  private crowdOf(client: RequestClient<RequestWorkload>): Crowd | undefined {
    const {world} = this
    if (client instanceof KeepAliveClient) return new KeepAliveCrowd(world, client, this.calmOn(client.path))
    if (!(client instanceof HttpClient) || client instanceof UploadClient) return undefined
    return new HttpCrowd(world, client, this.calmOn(client.path))
  }

  /** All who go the same way look together. */
  private calmOn(path: readonly Fleet[]): Calm {
    const known = this.calms.find(calm => calm.isOn(path))
    if (known !== undefined) return known
    const calm = new Calm(this.world, path)
    this.calms.push(calm)
    return calm
  }

  private begin(): void {
    if (this.begun) return
    this.begun = true
    const {sim, fleets} = this.world
    sim.aroundTurns(
      () => this.settle(),
      () => this.look(),
    )
    for (const {everyHost} of fleets.values()) for (const {cpu} of everyHost) cpu.waits = () => this.upset()
    sim.at(0, this.intervalEnds, 0)
  }

  private endInterval(): void {
    const {sim, options} = this.world
    for (const crowd of this.crowds) crowd.settle()
    if (sim.now < options.end) sim.at(this.nextEnd, this.intervalEnds, 0)
    this.look()
  }

  private look(): void {
    for (const calm of this.calms) calm.look()
    for (const crowd of this.crowds) crowd.look(this.nextEnd)
    for (const openings of this.openings) openings.look()
  }

  private get nextEnd(): Time {
    const {now} = this.world.sim
    const {resolution} = this.world.options
    return Math.min(now + longest, (Math.floor(now / resolution) + 1) * resolution)
  }
}

/** Nobody waits for longer to be told of. */
const longest = seconds(2)

/**
 * Whether nothing happens to a request on a calm way but that it is answered: nobody gives up before the interval ends in
 * which they came, every way takes the same time, there is one proxy at most, who is chosen does not hang on who is
 * connected just now, no queue is limited, and every L4 host is large enough.
 */
function isPlain(world: World, {options, path, entry, link, ways}: RequestClient<RequestWorkload>): boolean {
  const {l4lb} = entry
  if (l4lb === undefined || l4lb.options.pick === 'least-connections') return false
  const way = [link, ...ways].reduce((sum, {steady}) => sum + (steady ?? Number.POSITIVE_INFINITY), 0)
  const patience = Math.min(options.connectTimeout, options.requestTimeout, entry.options.frontTimeout)
  if (options.kind === 'keep-alive' && (options.page ?? entry.options.maxAge) !== undefined) return false
  if (options.patience !== undefined || path.length > 2 || longest + 4 * way >= patience) return false
  if (isSmall(world, l4lb.options) || isBusy(options, way)) return false
  if (path.some(({options: {queue}, program}) => queue < Number.POSITIVE_INFINITY || program !== undefined))
    return false
  const upstreams = path.length === 1 ? [] : entry.everyHost.map(host => host.upstreamTo(path[1]!.tier))
  return upstreams.every(
    it => it instanceof ServerPool && !it.looksAtOthers && it.options.bufferUploads !== true && it.options.claim === 0,
  )
}

/** Whether clients of a pool often ask again before they have their answer, so that many are apart from the crowd. */
function isBusy(options: RequestWorkload, way: Duration): boolean {
  if (options.kind !== 'keep-alive') return false
  return (highestRate(options.rate) * (4 * way + options.service.mean)) / seconds(1) > 0.1 * options.connections
}

/** The same of a session that opens, at its first tier and no further. */
function opensPlainly(world: World, {options, path, entry, link}: WebSocketClient): boolean {
  const {l4lb} = entry
  if (l4lb === undefined || l4lb.options.pick === 'least-connections' || path.length > 1) return false
  if (link.steady === undefined || isSmall(world, l4lb.options)) return false
  const {cpu, boot} = entry.options
  return 3 * link.steady + cpu.handshake * Math.max(1, boot.slowdown) < options.connectTimeout
}

/**
 * Whether it makes a difference to an L4 host that flows are told of in bursts: they could look like a flood, or be many
 * for its connection table.
 */
function isSmall(world: World, {hosts, cores, floodRate, connectionTable, globalTable}: L4lbOptions): boolean {
  const rates = Object.values(world.options.traffic).map(it => ('rate' in it ? highestRate(it.rate) : 0))
  const burst = (rates.reduce((sum, rate) => sum + rate, 0) * longest) / seconds(1)
  const tables = [connectionTable * hosts, globalTable].filter(size => size > 0)
  return burst / hosts / cores > floodRate / 4 || tables.some(size => burst > size / 50)
}
