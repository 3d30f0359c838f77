import type {Time} from '../engine/time.ts'
import type {Cause} from '../net/events.ts'
import type {PostsTally} from '../net/posts/posts.ts'
import {type Status, statuses, statusOf} from '../net/posts/status.ts'
import type {PostsReport, TrafficReport} from './report.ts'

/** What became of the POSTs of one workload by `now`. */
export function postsReport(tally: PostsTally, traffic: TrafficReport, now: Time): PostsReport {
  const {started, completed, open} = traffic
  const count = started - completed - open
  const {handedBack, replayed, replays, mostReplays: max, redirected} = tally
  return {
    disrupted: {count, fraction: started === 0 ? 0 : count / started},
    handedBack,
    replayed,
    replays: {total: replays, mean: replayed === 0 ? 0 : replays / replayed, max},
    redirected,
    bytes: {
      received: tally.received,
      returned: tally.returned,
      resent: tally.resent,
      headers: tally.headers,
      repeated: tally.repeated,
    },
    proxyMemory: {peak: peakOf(tally, now)},
    answers: answersOf(traffic, redirected),
  }
}

/** The most that one proxy host kept at a time, in whole bytes. */
function peakOf({kept}: PostsTally, now: Time): number {
  for (const level of kept.values()) level.settle(now)
  return Math.round([...kept.values()].reduce((most, {peak}) => Math.max(most, peak), 0))
}

function answersOf({completed, causes}: TrafficReport, redirected: number): PostsReport['answers'] {
  const answers = Object.fromEntries(statuses.map(status => [status, 0])) as Record<Status, number>
  answers[200] = completed
  answers[307] = redirected
  for (const [cause, count] of Object.entries(causes)) {
    const status = statusOf[cause as Cause]
    if (status !== undefined) answers[status] += count
  }
  return answers
}
