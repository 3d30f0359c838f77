import {seconds} from '../../engine/time.ts'
import {highestRate} from '../client/rate.ts'
import type {Fleet} from '../host/fleet.ts'
import type {Host} from '../host/host.ts'
import {isSession, type TierOptions, type WorkloadOptions} from '../options.ts'
import type {World} from '../world.ts'

/** The chance that all cores are busy when somebody comes, above which waiting for one is something that happens. */
const seldom = 1e-6

/**
 * Whether all is calm on the way of a workload's requests: whoever comes finds everybody at work, and a core that is free.
 * Somebody looks after every turn, and what they find holds until the next one.
 */
export class Calm {
  private readonly world: World
  private readonly entry: Fleet
  private readonly next: Fleet | undefined
  private readonly demands: ReadonlyMap<Fleet, Demand>
  /** Whether it was calm when somebody looked last. */
  holds = false

  constructor(world: World, path: readonly Fleet[]) {
    this.world = world
    this.entry = path[0]!
    this.next = path[1]
    this.demands = new Map(path.map(fleet => [fleet, new Demand(offered(world, fleet), fleet.options.cores)]))
  }

  isOn(path: readonly Fleet[]): boolean {
    return path[0] === this.entry && path[1] === this.next
  }

  look(): void {
    const {now} = this.world.sim
    this.holds = this.waysLead(now) && (this.next === undefined || this.isServed(this.next, now))
  }

  /** Every L4 host that gets flows passes them on, to hosts that accept and have a core to spare. */
  private waysLead(now: number): boolean {
    const l4hosts = this.entry.l4lb!.hosts.filter(({announced}) => announced)
    if (l4hosts.length === 0 || !l4hosts.every(({forwards}) => forwards)) return false
    const unable = new Set(this.entry.everyHost.filter(host => !accepts(host)))
    return this.areAble(
      this.entry,
      l4hosts.map(({belief}) => belief.members),
      unable,
      now,
    )
  }

  /** So do all proxies, to the hosts behind them; and nobody there is about to leave. */
  private isServed(next: Fleet, now: number): boolean {
    const proxies = this.entry.everyHost.filter(({gone}) => !gone)
    const unable = new Set(next.everyHost.filter(host => !accepts(host) || host.processes.some(it => it.draining)))
    if (this.world.gates.mayHold(next.tier)) return false
    const believed = proxies.map(proxy => proxy.upstreamTo(next.tier).belief?.members ?? [])
    return this.areAble(next, believed, unable, now)
  }

  /** Most who are in front believe the same, and what they believe is a list that is never changed. */
  private areAble(
    fleet: Fleet,
    believed: readonly (readonly Host[])[],
    unable: ReadonlySet<Host>,
    now: number,
  ): boolean {
    return believed.every(
      (members, k) =>
        members === believed[k - 1] || sameHosts(members, believed[k - 1]) || this.isAble(fleet, members, unable, now),
    )
  }

  private isAble(fleet: Fleet, members: readonly Host[], unable: ReadonlySet<Host>, now: number): boolean {
    if (members.length === 0) return false
    const cores = this.demands.get(fleet)!.coresOf(members.length)
    return members.every(host => !unable.has(host) && host.cpu.idle(now) >= cores)
  }
}

const sameHosts = (a: readonly Host[], b: readonly Host[] | undefined): boolean =>
  b !== undefined && a.length === b.length && a.every((host, i) => host === b[i])

const accepts = ({powered, sockets}: Host): boolean =>
  powered &&
  sockets.length > 0 &&
  sockets.every(({attended, full, owner}) => attended && !full && owner.state === 'serving')

/** The core time that is asked of a tier, and how many cores of a host that takes. */
class Demand {
  private readonly offered: number
  private readonly most: number
  private readonly known = new Map<number, number>()

  /** `offered`: cores at work in all of the tier, on average. `most`: the cores of a host. */
  constructor(offered: number, most: number) {
    this.offered = offered
    this.most = most
  }

  /** So many cores each of `hosts` has to have idle, that hardly anybody who comes finds them all busy; Infinity if none are enough. */
  coresOf(hosts: number): number {
    const known = this.known.get(hosts)
    if (known !== undefined) return known
    const cores = coresFor(this.offered / hosts, this.most)
    this.known.set(hosts, cores)
    return cores
  }
}

/** The fewest cores of a station with Poisson arrivals, of which all are seldom busy (Erlang's delay formula). */
export function coresFor(offered: number, most: number): number {
  let blocked = 1
  for (let cores = 1; cores <= most; cores++) {
    blocked = (offered * blocked) / (cores + offered * blocked)
    const waits = offered >= cores ? 1 : blocked / (1 - (offered / cores) * (1 - blocked))
    if (waits <= seldom) return cores
  }
  return Number.POSITIVE_INFINITY
}

/** Cores at work in a tier, on average and at the highest rates that there are. */
function offered(world: World, fleet: Fleet): number {
  const all = Object.values(world.options.traffic).map(workload => {
    const depth = world.pathTo(workload).indexOf(fleet)
    if (depth === -1) return 0
    const isLast = depth === world.pathTo(workload).length - 1
    return perSecond(workload) * (costOf(workload, fleet.options, depth, isLast) / seconds(1))
  })
  return all.reduce((sum, cores) => sum + cores, 0)
}

function perSecond(workload: WorkloadOptions): number {
  if ('rate' in workload) return highestRate(workload.rate)
  return isSession(workload) ? (workload.connections / workload.lifetime.mean) * seconds(1) : 0
}

/** Core time of a request or session at one tier of its way. */
function costOf(workload: WorkloadOptions, {cpu, session}: TierOptions, depth: number, isLast: boolean): number {
  if (workload.kind === 'job') return 0
  const opens = depth === 0 && workload.kind !== 'keep-alive' ? cpu.handshake : 0
  const answers = isLast && 'service' in workload ? workload.service.mean : 0
  return opens + cpu.request + answers + (session?.cpu ?? 0)
}
