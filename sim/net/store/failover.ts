import type {Script} from '../../engine/script.ts'
import type {Duration} from '../../engine/time.ts'
import type {StoreNode} from './node.ts'
import {catchesUp} from './sync.ts'

export interface FailoverOptions {
  /** TIMEOUT: how long it may take until the replica has everything. */
  readonly timeout: Duration
  /** FORCE: goes on when that is over, and does not abort. */
  readonly force: boolean
}

/**
 * FAILOVER TO a replica (Redis 6.2). True if it has taken over; false if all is as before.
 *
 *     no-failover ──► waiting-for-sync ──in sync, or FORCE──► failover-in-progress ──► no-failover
 *          ▲           writes paused                          PSYNC FAILOVER, writes READONLY
 *          └── TIMEOUT ──┘
 */
export function* failover(old: StoreNode, heir: StoreNode, {timeout, force}: FailoverOptions): Script<boolean> {
  old.failoverState = 'waiting-for-sync'
  old.pauseWrites(Infinity)
  const synced = (yield* catchesUp(heir, timeout)) || force
  // Who has died meanwhile, or was turned out by Sentinel, hands over no more.
  const canHandOver = old.reachable && heir.source?.primary === old
  const takesOver = synced && canHandOver && heir.reachable && heir.data.isFilled
  if (takesOver) {
    old.failoverState = 'failover-in-progress'
    heir.promote()
    old.follow(heir)
  }
  old.failoverState = 'no-failover'
  old.unpause()
  return takesOver
}
