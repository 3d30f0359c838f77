import {sleep, until} from '../engine/script.ts'
import {seconds} from '../engine/time.ts'
import type {PostAnswer} from '../net/posts/replay.ts'
import {choice, duration} from './option.ts'
import {batches, drainThenKill, inBatches, strategy} from './strategy.ts'

const options = {
  ...batches,
  drainTimeout: duration(seconds(12), 'longest time for which the old process may finish what it has'),
  settle: duration(seconds(1), 'time from leaving the rotation to closing the listener, for requests on their way'),
  answer: choice(
    'partial-post',
    ['partial-post', 'server-error', 'redirect'],
    'what unfinished POSTs get at the end of the drain: what there is of them back to the proxy (379), 500, or 307',
  ),
  handBackTimeout: duration(seconds(10), 'longest time for which bodies may be on their way back to the proxies'),
} as const

const statuses = {'partial-post': 379, 'server-error': 500, redirect: 307} as const satisfies Record<string, PostAnswer>

/**
 * Partial POST Replay (Zero Downtime Release, section 4.3): an app server drains for seconds, an upload lasts minutes.
 * What it has received it hands back with a 379, and the proxy replays it to a server that stays.
 */
export const partialPostReplay = strategy({
  name: 'partial-post-replay',
  summary: 'Drain a server briefly, hand its unfinished POSTs back to the proxies, restart it.',
  suits: ['server'],
  options,

  release: inBatches<typeof options>(function* (host, {drainTimeout, settle, answer, handBackTimeout}) {
    const old = host.current
    old.failHealthChecks()
    if (host.isProbed) yield* until(host.outOfRotation)
    yield* sleep(settle)
    old.drain()
    yield* until(old.idle, {within: drainTimeout})
    old.handBackPosts(statuses[answer])
    yield* drainThenKill(old, handBackTimeout)

    const fresh = yield* host.boot()
    fresh.listen()
    fresh.answerHealthChecks()
  }),
})
