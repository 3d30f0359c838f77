import type {Random} from '../engine/random.ts'
import type {Host} from './host.ts'
import type {UpstreamOptions} from './options.ts'
import {Prober, Probing} from './prober.ts'
import type {Process} from './process.ts'
import type {World} from './world.ts'

/** What came of looking for a server: one, none that would take the request, or silence from one without power. */
export type Choice = {readonly server: Process; readonly fresh: boolean} | 'none' | 'silence'

/** The servers behind one proxy host, as its health checks and its connections know them. */
export class Upstream {
  readonly options: UpstreamOptions
  private readonly servers: readonly Host[]
  private believed: readonly Host[]
  private readonly random: Random
  private turn = 0

  constructor(world: World, options: UpstreamOptions, servers: readonly Host[]) {
    this.options = options
    this.servers = servers
    this.believed = servers
    this.random = world.sim.random('upstream')
    const phases = world.sim.random('probe-phase')
    const probers = servers.map((host, k) => {
      const phase = Probing.phase(options.probe, k, servers.length, () => phases.uniform())
      return new Prober(world, host, options.probe, phase, () => {
        this.believed = this.servers.filter((_, i) => probers[i]!.up)
      })
    })
  }

  /**
   * A server for one request of `proxy`. A refused connection is known at once, so the next server is tried at the same
   * instant; `tried` counts them in `hops`.
   */
  choose(proxy: Process, hash: number, hops: {tried: number}): Choice {
    for (let rest = this.believed; rest.length > 0 && hops.tried <= this.options.redispatch; hops.tried++) {
      const host = this.pick(rest)
      const pooled = this.options.persistent ? proxy.pool.to(host.processes) : undefined
      if (pooled !== undefined && proxy.pool.take(pooled)) return {server: pooled, fresh: false}
      if (!host.powered) {
        hops.tried++
        return 'silence'
      }
      const socket = host.socketFor(hash)
      if (socket?.owner.accepts === true) return {server: socket.owner, fresh: true}
      rest = rest.filter(other => other !== host)
    }
    return 'none'
  }

  private pick(hosts: readonly Host[]): Host {
    const {pick} = this.options
    if (pick === 'round-robin') return hosts[this.turn++ % hosts.length]!
    if (pick === 'least-connections') return hosts.reduce((best, host) => (load(host) < load(best) ? host : best))
    return hosts[this.random.integer(hosts.length)]!
  }
}

const load = (host: Host): number => host.processes.reduce((sum, {held, served}) => sum + held.size + served.size, 0)
