import type {OutcomeName, Report} from '../metrics/report.ts'
import type {Cause} from '../net/events.ts'

/** What a cause is called where people read it, and what an operator may do about it. */
export interface CauseInWords {
  readonly outcome: OutcomeName
  readonly words: string
  readonly advice: string
}

export const causesInWords: Readonly<Record<Exclude<Cause, 'done'>, CauseInWords>> = {
  'no-listener': {
    outcome: 'refused',
    words: 'nobody listened',
    advice: 'let the new process listen before the old one stops',
  },
  'accept-queue-closed': {
    outcome: 'reset',
    words: 'accept queue closed',
    advice: 'pass the listening sockets on instead of closing them with connections still waiting',
  },
  killed: {outcome: 'reset', words: 'process killed', advice: 'let a process drain before it is killed'},
  'killed-at-drain-end': {
    outcome: 'reset',
    words: 'killed at drain end',
    advice:
      'have clients move before the drain ends, or, where connections end by themselves, drain for several times as long as they live',
  },
  'closed-by-drain': {
    outcome: 'reset',
    words: 'tunnel closed by a drain',
    advice: 'let tunnels stay for the whole of the drain, or have clients move before they are closed',
  },
  'idle-close-race': {
    outcome: 'reset',
    words: 'idle connection closed as it was used',
    advice: 'close idle connections after their next response, not all at once',
  },
  'idle-timeout-race': {
    outcome: 'reset',
    words: 'idle time was up as it was used',
    advice: 'let proxies keep idle connections for longer than clients do; that has nothing to do with the release',
  },
  'server-killed': {
    outcome: 'reset',
    words: 'its server was killed',
    advice: 'drain the servers behind the proxies for longer',
  },
  'proxy-killed': {
    outcome: 'reset',
    words: 'a proxy on its way was killed',
    advice: 'drain the proxies behind the first for longer, or have them hand their tunnels to others',
  },
  'connect-refused': {
    outcome: 'reset',
    words: 'broker had no session context',
    advice:
      'have every proxy find the same broker for a user, and let brokers keep contexts for longer than a move takes',
  },
  'gave-up': {
    outcome: 'aborted',
    words: 'user gave up waiting',
    advice: 'release fewer hosts at a time, or when there is less traffic',
  },
  'dead-host': {
    outcome: 'timedOut',
    words: 'host was dead',
    advice: 'let the health probes find a dead host sooner: a shorter interval, or fewer failures in a row',
  },
  'no-host': {
    outcome: 'timedOut',
    words: 'no host in rotation',
    advice: 'release fewer hosts at a time, so that some stay in rotation',
  },
  'accept-queue-full': {
    outcome: 'timedOut',
    words: 'accept queue full',
    advice: 'lengthen the backlog, or release fewer hosts at a time',
  },
  'connect-timeout': {
    outcome: 'timedOut',
    words: 'no connection in time',
    advice: 'release fewer hosts at a time, or when there is less traffic',
  },
  'request-timeout': {
    outcome: 'timedOut',
    words: 'no answer in time',
    advice: 'release fewer hosts at a time, or bound what requests wait for: a lock, a pause, a queue',
  },
  'server-lost': {
    outcome: 'failed',
    words: 'server lost (502)',
    advice: 'let the proxies send idempotent requests again, or drain the servers for longer',
  },
  'no-server': {
    outcome: 'failed',
    words: 'no server left (503)',
    advice: 'keep a server beside those that are released',
  },
  'queue-full': {
    outcome: 'failed',
    words: 'queue full (503)',
    advice: 'release fewer hosts at a time, hold requests for less time, or allow for a longer queue',
  },
  'post-unfinished': {
    outcome: 'failed',
    words: 'upload not finished in time (500)',
    advice: 'have the server hand unfinished uploads back (379), or drain it for longer than they take',
  },
  'unexpected-status': {
    outcome: 'failed',
    words: 'proxy does not take the 379 (500)',
    advice: 'let only proxies that replay partial POSTs have a 379, and find out who sends the others',
  },
  'replay-exhausted': {
    outcome: 'failed',
    words: 'no server took the replay (500)',
    advice: 'release fewer servers at a time, or allow for more replays',
  },
  'replay-miscounted': {
    outcome: 'failed',
    words: 'body came back wrong (500)',
    advice: 'let a server live until it has handed back all that it has, and mend one that miscounts',
  },
  'broken-framing': {
    outcome: 'failed',
    words: 'chunks broken by a replay (400)',
    advice: 'let the proxies remember where in a chunk a body was cut',
  },
  'held-too-long': {
    outcome: 'failed',
    words: 'held for too long (504)',
    advice: 'hold requests for longer, or have the tier behind the proxies back sooner',
  },
  'backend-down': {
    outcome: 'failed',
    words: 'held, and still nobody there (502)',
    advice: 'let the proxies wait for longer, or have the tier behind them back sooner',
  },
  'drain-timeout': {
    outcome: 'failed',
    words: 'not answered by drain end (504)',
    advice: 'drain for longer than requests take',
  },
  'front-timeout': {
    outcome: 'failed',
    words: 'device in front gave up (504)',
    advice: 'hold requests for less time than the device in front waits, or have it wait for longer',
  },
  'read-only': {
    outcome: 'failed',
    words: 'replica takes no writes (READONLY)',
    advice: 'have clients look for the primary and ask again when they get READONLY',
  },
  'no-replicas': {
    outcome: 'failed',
    words: 'too few replicas (NOREPLICAS)',
    advice: 'have one replica more than a primary needs to take writes',
  },
  loading: {
    outcome: 'failed',
    words: 'node loads its data (LOADING)',
    advice: 'move clients to a node only when it is in sync',
  },
  'schema-error': {
    outcome: 'failed',
    words: 'named a column that was not there (500)',
    advice: 'add columns before there is code that needs them, and drop them after the last request of code that does',
  },
  'no-connection': {
    outcome: 'failed',
    words: 'no connection to the database (500)',
    advice:
      'let the pools of two generations together be smaller than what the database accepts, or start fewer processes beside the old ones',
  },
  'forgotten-by-l4lb': {
    outcome: 'misrouted',
    words: 'forgotten by the L4 balancer',
    advice: 'enlarge the connection table of the L4 balancer',
  },
  'unknown-connection': {
    outcome: 'misrouted',
    words: 'read by another process',
    advice: 'pass the UDP sockets on, and forward packets by connection ID while the old process drains',
  },
  'goaway-race': {
    outcome: 'reset',
    words: 'request met a GOAWAY',
    advice: 'send GOAWAY twice, a round trip apart, or have clients try again what was not processed',
  },
  'max-age': {
    outcome: 'reset',
    words: 'stream cut at the end of its grace',
    advice: 'let connections that are too old go on until their streams end, or have streams end earlier',
  },
  evicted: {
    outcome: 'reset',
    words: 'broker had its user go elsewhere',
    advice: 'let users come back slowly, so that brokers can greet them; their sessions are kept',
  },
  'job-lost': {
    outcome: 'reset',
    words: 'job was with a process that was killed',
    advice: 'have workers give jobs back before they are killed, and the queue look after those that were taken',
  },
  'asset-gone': {
    outcome: 'failed',
    words: 'assets of its version gone (404)',
    advice: 'keep the assets of the versions before, and have users load old pages again',
  },
  'packets-lost': {
    outcome: 'timedOut',
    words: 'packets were not answered',
    advice: 'have every UDP socket read, and leave threads room for the packets that come',
  },
}

/** How outcomes are called, in the order in which they are told. */
export const outcomesInWords: Readonly<Record<Exclude<OutcomeName, 'completed'>, string>> = {
  refused: 'refused',
  reset: 'reset',
  aborted: 'aborted',
  timedOut: 'timed out',
  failed: 'failed',
  misrouted: 'misrouted',
}

/** For a cause as a report spells it. */
export const causeInWords = (cause: string): CauseInWords => causesInWords[cause as keyof typeof causesInWords]

/** Of all workloads together: how many ended so for each cause, the most frequent first. */
export function causesOf(report: Report): [cause: string, count: number][] {
  const sums = new Map<string, number>()
  for (const {causes} of Object.values(report.traffic))
    for (const [cause, count] of Object.entries(causes)) sums.set(cause, (sums.get(cause) ?? 0) + count)
  return [...sums].filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1])
}
