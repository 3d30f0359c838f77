import {type Script, until} from '../../engine/script.ts'
import type {Duration} from '../../engine/time.ts'
import type {StoreNode} from './node.ts'

/** Waits until a node has all that its primary has; false if that takes longer, or it follows nobody. */
export function* catchesUp({source}: StoreNode, within: Duration): Script<boolean> {
  return source === undefined ? false : yield* source.caughtUp(within)
}

/** Waits until it is in sync with whom it follows by then, or leads itself. */
export function* inSync(node: StoreNode): Script {
  while (node.source?.settled.holds === false) yield* until(node.source.settled)
}
