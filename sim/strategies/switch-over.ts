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
 * before it begins, unless it sees to that itself, and the old ones are stopped after it. If it leaves the old primary in
 * its place, the new nodes are stopped, and the store is as it was. Halted before it begins, it does not begin.
 */
export const switchOver = <O extends Options>(turn: (it: Switch<O>) => Script, {inSync} = {inSync: true}) =>
  function* (fleet: Fleet, options: Values<O>): Script {
    const store = fleet.store!
    const olds = [...fleet.hosts].map(host => host.node!)
    fleet.announce(olds.map(({host}) => host))
    const heirs = yield* inSync ? store.addReplicas(olds.length) : store.addNodes(olds.length)
    const [old, heir] = [store.primary, heirs[0]!]
    heir.isPreferred = true
    if (!fleet.halted.holds) yield* turn({store, old, heir, options})
    const isDone = store.primary === heir
    for (const node of isDone ? heirs.slice(1) : []) node.follow(heir)
    for (const node of isDone ? olds : heirs) store.retire(node)
  }
