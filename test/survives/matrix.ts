import {fixed} from '../../sim/engine/distributions.ts'
import {millis, minutes, seconds} from '../../sim/engine/time.ts'
import {type ActorId, type Cause, causes, type Observer} from '../../sim/net/events.ts'
import type {Process} from '../../sim/net/host/process.ts'
import type {TierOptions} from '../../sim/net/options.ts'
import type {World} from '../../sim/net/world.ts'
import type {ReleasePlan} from '../../sim/scenario/scenario.ts'
import type {Strategy} from '../../sim/strategies/strategy.ts'
import {brokers, http2, l4lb, probe, proxies, release, servers, udp, upstream} from '../harness.ts'
import {watch} from '../oracles/watch.ts'
import {type Protocol, protocols, served} from './protocols.ts'

/** So many that each proxy before them reaches both. */
const links = {connections: 16, goawayWait: seconds(5), reopen: seconds(1)}

/** Longer than any drain of a preset that has an end. */
const end = minutes(24)

/** What became of each protocol when a proxy was released, the process of each host in its turn. */
export function rowOf(strategy: Strategy): string[] {
  const edge = proxies(2, {...internet, udp: udp(), upstream: upstream('broker', {pick: 'consistent-hash'})})
  const tiers = {pop: proxies(2, {upstream: http2('edge', {http2: links})}), edge, broker: brokers(2)}
  return verdicts(protocols, tiers, release('edge', strategy.name, {batch: 1, canary: true}))
}

/** The same for one of three servers behind two proxies, which replay what is handed back to them. */
export function serverRowOf(strategy: Strategy): string[] {
  const tiers = {edge: proxies(2, {...internet, upstream: upstream('app')}), app: servers(3, {closeTime: 50})}
  return verdicts(served, tiers, release('app', strategy.name, {batch: 1, canary: true, drainTimeout: seconds(12)}))
}

const internet: Partial<TierOptions> = {
  link: {latency: fixed(millis(20)), loss: 0},
  cpu: {handshake: 500, request: 50},
  closeTime: 50,
  behind: l4lb({probe: probe({interval: seconds(1), fall: 3, rise: 2})}),
}

function verdicts(columns: readonly Protocol[], tiers: Record<string, TierOptions>, plan: ReleasePlan): string[] {
  const ledger = new Ledger()
  const traffic = Object.fromEntries(columns.map(it => [it.workload, it.traffic]))
  watch({end, tiers, traffic, release: [plan]}, 1, world => ledger.eyes(world))
  return columns.map(protocol => ledger.verdict(protocol))
}

/** What the processes that are replaced hold as they begin to leave, and what is lost of it. */
class Ledger {
  /** By workload. */
  private readonly atStake = new Map<string, number>()
  private readonly ends = new Map<string, Map<Cause, number>>()
  /** Of the ends, those at processes that were leaving, or by their doing. */
  private readonly endsThere = new Map<string, Map<Cause, number>>()
  private readonly leaving = new Set<ActorId>()

  eyes(world: () => World): Partial<Observer> {
    return {
      control: (_at, event) => {
        if (event.kind !== 'process' || (event.state !== 'draining' && event.state !== 'gone')) return
        if (this.leaving.has(event.process)) return
        this.leaving.add(event.process)
        const process = world().processes.find(({actor}) => actor === event.process)!
        for (const name of world().workloadNames) add(this.atStake, name, heldOf(world(), process, name))
      },
      ended: (_at, workload, _row, process, _outcome, cause) => {
        const name = world().workloadNames[workload]!
        count(this.ends, name, causes[cause]!)
        if (this.leaving.has(process)) count(this.endsThere, name, causes[cause]!)
      },
    }
  }

  verdict({workload, counts, loses, behind = false}: Protocol): string {
    const lost = (of: Map<string, Map<Cause, number>>) =>
      [...(of.get(workload) ?? [])].reduce((sum, [cause, ends]) => sum + (loses(cause) ? ends : 0), 0)
    if (counts === 'number') return lost(this.ends) === 0 ? 'yes' : `${lost(this.ends)} lost`
    const share = lost(behind ? this.ends : this.endsThere) / Math.max(1, this.atStake.get(workload) ?? 0)
    return share === 0 ? 'yes' : `${Math.min(100, Math.ceil(100 * share))} % cut`
  }
}

/** What a process has accepted, or was passed on, of one workload. */
function heldOf(world: World, process: Process, workload: string): number {
  const index = world.workloadNames.indexOf(workload)
  const {held, streams} = world.connections
  const rows = [...held.rows(process.held), ...streams.of(process).map(({row}) => row)]
  return rows.filter(row => world.connections.workload[row] === index).length
}

const add = <K>(counts: Map<K, number>, key: K, by: number) => counts.set(key, (counts.get(key) ?? 0) + by)
function count(counts: Map<string, Map<Cause, number>>, name: string, cause: Cause): void {
  if (!counts.has(name)) counts.set(name, new Map())
  add(counts.get(name)!, cause, 1)
}
