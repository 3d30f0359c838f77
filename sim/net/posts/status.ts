import type {Cause} from '../events.ts'

/** What users are answered, by the status of the answer. A 379 is between servers and proxies alone. */
export const statuses = [200, 307, 379, 400, 500, 502, 503] as const
export type Status = (typeof statuses)[number]

/** Of each way to end that has an answer. */
export const statusOf: Readonly<Partial<Record<Cause, Status>>> = {
  done: 200,
  'broken-framing': 400,
  'post-unfinished': 500,
  'unexpected-status': 500,
  'replay-exhausted': 500,
  'replay-miscounted': 500,
  'server-lost': 502,
  'no-server': 503,
  'queue-full': 503,
}
