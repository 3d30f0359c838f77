import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {exponential, fixed, pareto} from '../../sim/engine/distributions.ts'
import {millis, seconds} from '../../sim/engine/time.ts'
import type {PostsReport, Report} from '../../sim/metrics/report.ts'
import {run} from '../../sim/run.ts'
import type {Scenario} from '../../sim/scenario/scenario.ts'
import {Auditor} from '../auditor.ts'
import {proxies, release, scenario, servers, uploads, upstream} from '../harness.ts'

const oneOf = <const T>(...choices: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...choices)
const way = (latency: number) => ({link: {latency: fixed(latency), loss: 0}})

/** Uploads through proxies to servers that are released, with everything that may go wrong on the way. */
const worlds: fc.Arbitrary<Scenario> = fc
  .record({
    duration: oneOf(fixed(seconds(20)), exponential(seconds(15)), pareto({mean: seconds(10), shape: 1.5})),
    bandwidth: oneOf(1, 1e5, 1e6, 1e6),
    chunk: oneOf(undefined, 1, 2 ** 14),
    patience: oneOf(undefined, exponential(seconds(60))),
    idempotent: fc.boolean(),
    attempts: oneOf(0, 2),
    replay: fc.record({
      replays: oneOf(10, 10, 10, 1, 0),
      bandwidth: oneOf(1.25e9, 1.25e9, 2e7, 1e3),
      chunkState: oneOf(true, true, true, false),
    }),
    bufferUploads: oneOf(false, false, false, false, true),
    hosts: fc.integer({min: 2, max: 5}),
    latency: oneOf(0, millis(1), seconds(1)),
    saysClose: fc.boolean(),
    fault: oneOf(
      undefined,
      undefined,
      undefined,
      undefined,
      'host-dies',
      'host-stalls',
      'bare-379',
      'long-379',
      'short-379',
    ),
    faultAt: fc.integer({min: 0, max: seconds(50)}),
    broken: oneOf('app', 'edge'),
    options: fc.record({
      batch: oneOf(1, 1, 0.5, Infinity),
      drainTimeout: oneOf(0, seconds(3), seconds(12)),
      settle: oneOf(0, seconds(1)),
      answer: oneOf('partial-post', 'partial-post', 'partial-post', 'partial-post', 'server-error', 'redirect'),
      handBackTimeout: oneOf(0, seconds(1), seconds(10), seconds(10)),
    }),
    edgeToo: oneOf(false, false, true),
  })
  .map(worldOf)

function worldOf(it: {
  readonly duration: ReturnType<typeof fixed>
  readonly bandwidth: number
  readonly chunk: number | undefined
  readonly patience: ReturnType<typeof fixed> | undefined
  readonly idempotent: boolean
  readonly attempts: number
  readonly replay: {readonly replays: number; readonly bandwidth: number; readonly chunkState: boolean}
  readonly bufferUploads: boolean
  readonly hosts: number
  readonly latency: number
  readonly saysClose: boolean
  readonly fault: 'host-dies' | 'host-stalls' | 'bare-379' | 'long-379' | 'short-379' | undefined
  readonly faultAt: number
  readonly broken: 'app' | 'edge'
  readonly options: Readonly<Record<string, number | string>>
  readonly edgeToo: boolean
}): Scenario {
  const {duration, bandwidth, chunk, patience, idempotent, attempts, replay, bufferUploads} = it
  const post = uploads('app', 8, {
    duration,
    bandwidth,
    idempotent,
    requestTimeout: seconds(40),
    retry: {attempts, budget: 1, base: millis(100), factor: 2, cap: seconds(5), jitter: 'full'},
    ...(chunk === undefined ? {} : {chunk}),
    ...(patience === undefined ? {} : {patience}),
  })
  const to = upstream('app', {replay, bufferUploads})
  const app = servers(it.hosts, {...way(it.latency), saysClose: it.saysClose})
  return scenario({
    end: seconds(120),
    tiers: {edge: proxies(2, {upstream: to}), app},
    traffic: {post},
    faults:
      it.fault === undefined ? [] : [{kind: it.fault, tier: it.broken, host: 0, at: it.faultAt, lasts: seconds(20)}],
    release: [
      release('app', 'partial-post-replay', it.options, seconds(25)),
      ...(it.edgeToo ? [release('edge', 'graceful-drain', {drainTimeout: seconds(5)}, seconds(30))] : []),
    ],
  })
}

interface Played {
  readonly scenario: Scenario
  readonly report: Report
  readonly posts: PostsReport
  readonly auditor: Auditor
}

const {LAWS_RUNS: runs = '60', LAWS_SEED: seed = '1'} = process.env

/** What holds of POSTs, whoever hands them back and however wrong. */
const laws: readonly [name: string, holds: (played: Played) => void][] = [
  [
    'a server that answers has had every byte of the body once, and everybody’s books agree',
    ({auditor}) => expect(auditor.findings).toEqual([]),
  ],
  [
    'no 379 ever reaches a user, and who ended well saw a 200',
    ({posts, report}) => {
      expect(posts.answers[379]).toBe(0)
      expect(posts.answers[200]).toBe(report.traffic.post!.completed)
    },
  ],
  [
    'whatever is started ends once, or is open at the end',
    ({posts, report: {traffic}}) => {
      const {started, completed, open} = traffic.post!
      expect(posts.disrupted.count).toBe(started - completed - open)
      expect(Object.values(traffic.post!.causes).reduce((a, b) => a + b, 0)).toBe(posts.disrupted.count)
    },
  ],
  [
    'each 379 is replayed or on its way or ends in an error, and no POST is replayed more often than is allowed',
    ({posts: {handedBack, replayed, replays}, scenario}) => {
      const most = scenario.world.tiers.edge!.upstream![0]!.replay!.replays
      expect(replays.total).toBeLessThanOrEqual(handedBack)
      expect(replayed).toBeLessThanOrEqual(replays.total)
      expect(replays.max).toBeLessThanOrEqual(most)
    },
  ],
  [
    'nothing goes out to another server that has not come back',
    ({posts: {bytes}}) => expect(bytes.resent).toBeLessThanOrEqual(bytes.returned),
  ],
  [
    'a proxy that keeps bodies until they are whole is handed nothing back',
    ({posts, scenario}) => {
      if (scenario.world.tiers.edge!.upstream![0]!.bufferUploads) expect(posts.handedBack).toBe(0)
    },
  ],
]

describe('of POSTs whose server has to go', () => {
  const everyone: Played[] = []
  const played = (one: Scenario, seed: number): Played => {
    const auditor = new Auditor()
    const {report} = run(one, {seed, witnesses: [auditor]})
    return {scenario: one, report, posts: report.posts!.post!, auditor}
  }

  test('all that follows is seen in worlds of every kind', () => {
    fc.assert(
      fc.property(worlds, fc.integer({min: 1, max: 2 ** 31}), (one, seed) => {
        const it = played(one, seed)
        everyone.push(it)
        for (const [, holds] of laws) holds(it)
      }),
      {seed: Number(seed), numRuns: Number(runs)},
    )
    // A law that nothing happened under says nothing.
    const replayed = everyone.filter(({posts}) => posts.replayed > 0)
    expect(replayed.length).toBeGreaterThan(everyone.length / 8)
    expect(new Set(everyone.flatMap(({report}) => Object.keys(report.traffic.post!.causes))).size).toBeGreaterThan(5)
  })

  test.each(laws)('%s', (_, holds) => {
    for (const it of everyone) holds(it)
  })
})
