import {millis, type Time} from '../../engine/time.ts'
import type {Host} from '../host/host.ts'
import {leastLoaded} from '../host/least-loaded.ts'
import type {Process} from '../host/process.ts'
import {Belief} from '../l4/belief.ts'
import {ringOf, ringSize} from '../l4/maglev.ts'
import {mix32} from '../murmur3.ts'
import type {UpstreamOptions} from '../options.ts'
import type {World} from '../world.ts'
import type {Choice, Search, Upstream} from './upstream.ts'

/** Nobody looks more often whether somebody accepts. */
const shortestWait = millis(10)

/** The servers behind one proxy host, as its health checks and its HTTP/1.1 connections know them. */
export class ServerPool implements Upstream {
  readonly to: string
  readonly options: UpstreamOptions
  readonly belief: Belief
  private readonly how: NonNullable<UpstreamOptions['pick']>
  private readonly salt: number
  private readonly world: World
  private turn = 0
  /** Since when hosts are in rotation that have not always been. */
  private readonly since = new Map<Host, Time>()

  constructor(world: World, options: UpstreamOptions, servers: readonly Host[]) {
    this.to = options.to
    this.options = options
    this.how = options.pick ?? (servers[0]?.options.kind === 'broker' ? 'consistent-hash' : 'random')
    this.world = world
    this.belief = new Belief(world, options.probe, servers, (host, into) => {
      if (into) this.since.set(host, world.sim.now)
    })
    this.salt = world.sim.random('upstream').integer(2 ** 32)
  }

  /** Whether its choice for one request hangs on what became of others. */
  get looksAtOthers(): boolean {
    return this.how === 'round-robin' || this.how === 'least-connections'
  }

  start(_proxy: Process): void {}

  /** Its connection is free for the next request, unless either end closes it. */
  done(proxy: Process, server: Process): void {
    const closes = server.host.options.saysClose && server.partsNow()
    if (server.alive && !closes && this.options.persistent) proxy.pool.give(server)
  }

  /**
   * A server for one request of `proxy`. A refused connection is known at once, so the next server is tried at the same
   * instant; one that says nothing is known only after a while, and is not asked again.
   */
  choose(proxy: Process, search: Search): Choice {
    let rest = this.hostsFor(search)
    if (search.silent !== -1) rest = rest.filter(({index}) => index !== search.silent)
    for (; rest.length > 0 && search.tried <= this.options.redispatch; search.tried++) {
      const host = this.pick(rest, search)
      if (!host.powered) return this.silence(host, search)
      const pooled = this.options.persistent ? proxy.pool.to(host.processes) : undefined
      if (pooled !== undefined && proxy.pool.take(pooled)) return {server: pooled, fresh: false}
      const socket = host.tcp.pick(search.hash)
      if (socket?.left) return {again: this.world.sim.now + shortestWait}
      if (socket?.owner.alive === true) return {server: socket.owner, fresh: true}
      rest = rest.filter(other => other !== host)
    }
    return 'none'
  }

  /** With affinity to versions those that run the one that is asked for and are well; all who are believed to be well if none does. */
  private hostsFor({version}: Search): readonly Host[] {
    if (version === undefined || this.options.versionAffinity !== true) return this.belief.members
    const {everyHost} = this.world.fleet(this.to)
    const same = everyHost.filter(host => host.current.version === version && host.answersProbes)
    return same.length > 0 ? same : this.belief.members
  }

  private silence(host: Host, search: Search): Choice {
    host.ghost()
    search.tried++
    search.silent = host.index
    return {again: this.world.sim.now + this.options.connectTimeout}
  }

  /** Chance comes from who asks and when, so that it does not hang on who else asks in between. */
  private pick(hosts: readonly Host[], {user, since, tried}: Search): Host {
    if (this.how === 'consistent-hash') return ownerOf(user, hosts)
    if (this.how === 'round-robin') return hosts[this.turn++ % hosts.length]!
    if (this.how === 'least-connections') return leastLoaded(hosts, this.turn++)!
    const chance = mix32(mix32(user ^ this.salt) + since + tried)
    return this.options.slowStart === undefined ? hosts[chance % hosts.length]! : this.pickSlowly(hosts, chance, since)
  }

  /** Whoever is new in rotation is passed over as often as its weight lacks of one, which rises in a straight line from a tenth. */
  private pickSlowly(hosts: readonly Host[], first: number, now: Time): Host {
    let chance = first
    for (let tries = 0; tries < 100; tries++) {
      const host = hosts[chance % hosts.length]!
      const age = now - (this.since.get(host) ?? Number.NEGATIVE_INFINITY)
      if (mix32(chance + 1) / 2 ** 32 < Math.max(0.1, age / this.options.slowStart!)) return host
      chance = mix32(chance + 2)
    }
    return hosts[first % hosts.length]!
  }
}

/** The host that a Maglev ring of these gives to a user: the same for whoever knows the same hosts. */
function ownerOf(user: number, hosts: readonly Host[]): Host {
  const owner = ringOf(hosts.map(({index}) => index))[user % ringSize]
  return hosts.find(({index}) => index === owner)!
}
