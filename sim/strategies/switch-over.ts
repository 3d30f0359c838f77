import type {Script} from '../engine/script.ts'
import {minutes, seconds} from '../engine/time.ts'
import type {Fleet} from '../net/host/fleet.ts'
import type {StoreNode} from '../net/store/node.ts'
import type {Store} from '../net/store/store.ts'
import {duration, type Options, type Values} from './option.ts'

/** How application hosts turn to another primary, the same for every strategy that has them do so. */
export const moving = {
  clientsMove: duration(seconds(30), 'time in which application hosts connect to the new primary, one after the other'),
} as const

/** How the operator makes sure that nobody is left, the same for every strategy that looks. */
export const watching = {
  silence: duration(minutes(5), 'longest time to wait until nobody asks the old primary any more, as MONITOR shows'),
} as const

interface Switch<O extends Options> {
  readonly store: Store
  readonly old: StoreNode
  readonly heir: StoreNode
  readonly options: Values<O>
}

/**
 * Lifts the way from one primary to the next to the upgrade of a store. As many new nodes as there are old ones are in sync
 * before it begins, unless it sees to that itself, and the old ones are stopped after it. If it leaves an old node in
 * the first place, the new nodes are stopped, and the store is as it was. Halted before it begins, it does not begin.
 *
 * Sentinel goes by its own lights meanwhile. Where it has made a new node the primary, no turn is needed any more.
 */
export const switchOver = <O extends Options>(turn: (it: Switch<O>) => Script, {inSync} = {inSync: true}) =>
  function* (fleet: Fleet, options: Values<O>): Script {
    const store = fleet.store!
    const olds = [...fleet.hosts].map(host => host.node!)
    fleet.announce(olds.map(({host}) => host))
    const heirs = yield* inSync ? store.addReplicas(olds.length) : store.addNodes(olds.length)
    const old = store.primary
    const heir = inSync ? replicaAmong(heirs, old) : heirs[0]
    if (heir !== undefined && !heirs.includes(old) && !fleet.halted.holds) {
      heir.isPreferred = true
      yield* turn({store, old, heir, options})
    }
    const {primary} = store
    const isDone = heirs.includes(primary)
    const others = isDone ? heirs.filter(node => node !== primary && node.source?.primary !== primary) : []
    for (const node of others) node.follow(primary)
    for (const node of isDone ? olds : heirs) store.retire(node)
  }

/** The first that has what the primary has, or else that comes to have it. */
function replicaAmong(nodes: readonly StoreNode[], primary: StoreNode): StoreNode | undefined {
  const replicas = nodes.filter(({source}) => source?.primary === primary)
  return replicas.find(({source}) => source!.streaming.holds) ?? replicas[0]
}
