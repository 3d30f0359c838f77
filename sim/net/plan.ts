import {assert} from '../engine/assert.ts'
import {SessionClient} from './client/session.ts'
import type {Host} from './host/host.ts'
import type {L4Host} from './l4/l4-host.ts'
import type {ChangeOptions, FaultOptions, SessionWorkload} from './options.ts'
import {tierOf} from './tier-kind.ts'
import type {World} from './world.ts'

/** Has a fault happen when it is to, and pass. */
export function planFault(world: World, {kind, tier, host, at, lasts}: FaultOptions): void {
  const happens = effectOf(world, kind, tier, host)
  const fault = world.sim.kind(`${kind}/${tier}.${host}`, begins => happens(begins === 1))
  world.sim.at(at, fault, 1)
  if (lasts < Number.POSITIVE_INFINITY) world.sim.at(at + lasts, fault, 0)
}

function effectOf(world: World, kind: FaultOptions['kind'], tier: string, index: number): (begins: boolean) => void {
  const fleet = world.fleet(tierOf(tier))
  const host = (): Host => found(fleet.everyHost[index], tier, index)
  const l4 = (): L4Host => found(fleet.l4lb?.hosts[index], tier, index)
  if (kind === 'long-query') return begins => world.databases.get(tier)!.report(begins)
  if (kind === 'l4-host-dies') return begins => (begins ? l4().stop() : l4().start())
  if (kind === 'host-dies') return begins => (begins ? host().losePower() : host().regainPower())
  if (kind === 'host-stalls') return begins => host().stall(begins)
  if (kind === 'host-isolated') return begins => host().node?.partition(begins)
  return begins => {
    host().postFault = begins ? kind : undefined
  }
}

function found<T>(host: T | undefined, tier: string, index: number): T {
  assert(host !== undefined, `there is no host ${tier}.${index}`)
  return host
}

/** Has somebody change something when they are to. */
export function planChange(world: World, change: ChangeOptions): void {
  world.sim.at(change.at, world.sim.kind(change.kind, changing(world, change)), 0)
}

function changing(world: World, change: ChangeOptions): () => void {
  if (change.kind === 'reconnects') return () => sessions(world, change.workload).reconnectBy(change.backoff)
  const fleet = world.fleet(change.tier)
  if (change.kind === 'removes') return () => fleet.removeHost(fleet.everyHost[change.host]!)
  return () => {
    for (let k = 0; k < change.hosts; k++) world.sim.start(fleet.addHost())
  }
}

function sessions(world: World, workload: string): SessionClient<SessionWorkload> {
  const client = world.clients[world.workloadNames.indexOf(workload)]
  assert(client instanceof SessionClient, `there is no workload ${workload} that reconnects`)
  return client
}
