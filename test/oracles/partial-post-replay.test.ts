import {describe, expect, test} from 'vitest'
import {fixed, lognormal} from '../../sim/engine/distributions.ts'
import {hours, minutes, seconds} from '../../sim/engine/time.ts'
import type {PostsReport} from '../../sim/metrics/report.ts'
import type {FaultOptions, ReplayOptions, UploadWorkload} from '../../sim/net/options.ts'
import type {OptionValue} from '../../sim/scenario/scenario.ts'
import {strategies} from '../../sim/strategies/index.ts'
import {strategy} from '../../sim/strategies/strategy.ts'
import {l4lb, play, proxies, release, servers, uploads, upstream} from '../harness.ts'
import {agree} from './statistics.ts'

const megabyte = 1e6
const known: ReplayOptions = {replays: 10, bandwidth: 1.25e9, chunkState: true}

interface Case {
  readonly post?: Partial<UploadWorkload>
  readonly replay?: ReplayOptions
  readonly strategy?: string
  readonly options?: Record<string, OptionValue>
  readonly way?: number
  readonly faults?: readonly FaultOptions[]
  readonly buffer?: boolean
}

/** One proxy before four servers, of which the first is released at 60 s; 40 POSTs a second of 40 s at 1 MB/s. */
function releaseOne({
  post,
  replay = known,
  strategy: name = 'partial-post-replay',
  options,
  way = 0,
  faults = [],
  buffer = false,
}: Case = {}) {
  const to = upstream('app', {replay, bufferUploads: buffer})
  const report = play(
    {
      end: minutes(10),
      tiers: {edge: proxies(1, {upstream: to}), app: servers(4, {link: {latency: fixed(way), loss: 0}})},
      traffic: {
        post: uploads('app', 40, {
          duration: fixed(seconds(40)),
          bandwidth: megabyte,
          rate: {
            kind: 'points',
            points: [
              {at: 0, perSecond: 40},
              {at: seconds(100), perSecond: 40},
              {at: seconds(100) + 1, perSecond: 0},
            ],
          },
          ...post,
        }),
      },
      faults,
      release: [release('app', name, {batch: 1, canary: true, ...options}, seconds(60))],
    },
    1,
    {strategies: [...strategies, neverLeaves]},
  )
  const {causes, completed, started} = report.traffic.post!
  return {posts: report.posts!.post!, causes, completed, started, latency: report.traffic.post!.latency}
}

/** Servers that hand back whatever comes to them, and go on taking it. */
const neverLeaves = strategy({
  name: 'never-leaves',
  summary: 'Hand back, and stay.',
  suits: ['server'],
  options: {},
  *release(fleet) {
    for (const host of fleet.hosts) host.current.handBackPosts()
  },
})

/** POSTs that a server has when it has settled for 1 s and drained for 12: those of the 27 s before it left. */
const unfinished = 10 * 27
const deviation = Math.sqrt(unfinished)
const costs = ({bytes}: PostsReport) => bytes.returned + bytes.resent

describe('the release of a server', () => {
  test('fails rate × E[(S - d)+] POSTs after a drain of d, and none if proxies replay them', () => {
    // Lognormal uploads of 40 s (sigma 1), 40 a second over four servers, settled 1 s and drained 12 s: E[(S - 13 s)+] =
    // 40 s × 0.71 = 28.5 s, so 285 POSTs ± 17 (Poisson), held to five standard deviations: one seed in a million fails.
    const law = lognormal({mean: seconds(40), sigma: 1})
    const expected = 10 * 40 * law.residualSurvival(seconds(13))
    const post = {duration: law}
    const off = releaseOne({post, strategy: 'graceful-drain', options: {drainTimeout: seconds(12)}})
    agree(off.causes['server-lost']!, expected, Math.sqrt(expected))
    // Some 20 GB leave the server through 10 Gbit/s, for which it needs more than the 10 s that it has without a word.
    const on = releaseOne({post, options: {handBackTimeout: minutes(2)}})
    expect(on.causes).toEqual({})
    expect(on.posts.handedBack).toBe(off.causes['server-lost'])
    expect(on.posts.replays.max).toBe(1)
  })

  test('costs twice the bytes received between proxies and servers, and nothing on the users’ links', () => {
    const {posts, started, completed} = releaseOne()
    agree(posts.replayed, unfinished, deviation)
    // What is handed back has lasted for anything from 13 to 40 s: 26.5 MB on average, ± 7.8 for each.
    agree(costs(posts) / 2 / posts.replayed / megabyte, 26.5, 7.8 / Math.sqrt(posts.replayed))
    expect(posts.bytes.repeated).toBe(0)
    expect(completed).toBe(started)
    expect(posts.bytes.received).toBe(completed * 40 * megabyte)
  })

  test('brings back what is in flight as well, and all of a body that was sent whole', () => {
    // Over a way of 2 s a proxy has sent 4 s more than the server had: min(40, age + 4) MB for an age of 13 to 40 s is
    // ((36² - 13²)/2 + 4 × 23 + 4 × 40) / 27 = 30.2 MB on average, ± 7.4 for each.
    const {posts, causes} = releaseOne({way: seconds(2)})
    expect(causes).toEqual({})
    agree(posts.bytes.returned / posts.replayed / megabyte, 30.2, 7.4 / Math.sqrt(posts.replayed))
  })

  test('delays no answer, as long as the network between the tiers is fast', () => {
    expect(releaseOne().latency.max).toBe(40)
  })

  test('delays answers when the bodies take long to go back and come again', () => {
    // 270 × 26.5 MB at 100 MB/s take 71 s to leave the server; then users wait longer than their 40 s.
    const slow = releaseOne({replay: {...known, bandwidth: 100 * megabyte}, options: {handBackTimeout: minutes(5)}})
    expect(slow.causes).toEqual({})
    // The last byte leaves 27 s × 10/s × 26.5 MB / 100 MB/s = 71.6 s after the end of the drain; its POST, at least 13 s
    // old by then, waits for all of that: more than 13 + 71, and less than 40 + 80 s even if it was the oldest.
    expect(slow.latency.max).toBeGreaterThan(75)
    expect(slow.latency.max).toBeLessThan(125)
  })

  test('has proxies keep less than buffering every POST does', () => {
    const replaying = releaseOne().posts.proxyMemory.peak
    const buffering = releaseOne({buffer: true}).posts.proxyMemory.peak
    // 40 POSTs a second of which each keeps 20 MB on average for its 40 s: 32 GB, ± 20 MB × √1600 × 1.15 = 0.9 GB, and
    // the peak of some dozens of independent levels lies up to three of those above.
    expect(buffering / 1e9).toBeGreaterThan(32)
    expect(buffering / 1e9).toBeLessThan(37)
    // At most what came back at once: 270 × 26.5 MB = 7.2 GB.
    expect(replaying / 1e9).toBeLessThan(9)
    expect(replaying).toBeGreaterThan(0)
  })
})

describe('instead of handing back, a server may', () => {
  test('answer 500', () => {
    const {causes, posts} = releaseOne({options: {answer: 'server-error'}})
    agree(causes['post-unfinished']!, unfinished, deviation)
    expect(posts.answers[500]).toBe(causes['post-unfinished'])
  })

  test('answer 307, so that users send all of it again', () => {
    const {causes, posts, latency} = releaseOne({options: {answer: 'redirect'}})
    expect(causes).toEqual({})
    agree(posts.redirected, unfinished, deviation)
    agree(posts.bytes.repeated / posts.redirected / megabyte, 26.5, 7.8 / Math.sqrt(posts.redirected))
    // Who had sent nearly 40 s sends 40 s more.
    expect(latency.max).toBeGreaterThan(75)
    expect(latency.max).toBeLessThan(81)
  })
})

describe('a proxy', () => {
  const failures = (it: Case): Record<string, number> => {
    const {causes, posts} = releaseOne(it)
    expect(posts.answers[379]).toBe(0)
    expect(posts.answers[500] + posts.answers[400]).toBe(posts.disrupted.count)
    return causes
  }
  const all = (cause: string, it: Case) => {
    const causes = failures(it)
    expect(Object.keys(causes)).toEqual([cause])
    agree(causes[cause]!, unfinished, deviation)
  }

  test('that does not know 379 answers 500, and passes no 379 on', () => {
    all('unexpected-status', {replay: {...known, replays: 0}})
  })

  const wrong = (kind: FaultOptions['kind']): Case => ({
    faults: [{kind, tier: 'app', host: 0, at: 0, lasts: hours(1)}],
  })
  test('takes no 379 without its message', () => all('unexpected-status', wrong('bare-379')))
  test('answers 500 if more comes back than it forwarded', () => all('replay-miscounted', wrong('long-379')))
  test('answers 500 if less comes back than it forwarded', () => all('replay-miscounted', wrong('short-379')))

  test('answers 500 if the server ends before all is back', () => {
    // 7.2 GB at 10 MB/s take twelve minutes, of which the server has one second: it hands back 10 MB, one POST perhaps.
    const replay = {...known, bandwidth: 10 * megabyte}
    const {causes, posts} = releaseOne({replay, options: {handBackTimeout: seconds(1)}})
    expect(Object.keys(causes)).toEqual(['replay-miscounted'])
    expect(causes['replay-miscounted']! + posts.replayed).toBe(posts.handedBack)
    expect(posts.replayed).toBeLessThanOrEqual(1)
  })

  test('has to remember where in a chunk a body was cut, or the rest of it breaks the framing', () => {
    const chunk = 2 ** 20
    all('broken-framing', {post: {chunk}, replay: {...known, chunkState: false}})
    expect(failures({post: {chunk}})).toEqual({})
    // Between chunks of one byte there is nothing to forget.
    expect(failures({post: {chunk: 1}, replay: {...known, chunkState: false}})).toEqual({})
  })

  test('gives up after as many replays as it is allowed, if every server hands back', () => {
    const {causes, posts} = releaseOne({strategy: 'never-leaves'})
    expect(Object.keys(causes)).toEqual(['replay-exhausted'])
    expect(posts.replays.max).toBe(10)
    expect(posts.replays.mean).toBe(10)
    // The eleventh 379 is the one too many.
    expect(posts.handedBack).toBe(11 * posts.replayed)
  })

  test('answers 500 when no server is left to take a replay', () => {
    const {causes, posts} = releaseOne({options: {batch: 4, drainTimeout: 0, settle: 0}})
    // All four leave at once, and with them whoever comes meanwhile: 40 a second for 40 s are unfinished, ± 40.
    agree(causes['replay-exhausted']!, 1_600, 40)
    expect(posts.answers[500]).toBe(causes['replay-exhausted'])
    // The probes find one server after the other, so that the first may still hand some to the others.
    expect(posts.replayed).toBeLessThan(100)
  })
})

test('a server that users reach without a proxy hands nothing back: no user knows a 379', () => {
  const report = play({
    end: minutes(3),
    tiers: {app: servers(2, {behind: l4lb()})},
    traffic: {post: uploads('app', 20, {duration: fixed(seconds(40)), bandwidth: megabyte})},
    release: [
      release('app', 'partial-post-replay', {batch: 1, canary: true, handBackTimeout: seconds(2)}, seconds(60)),
    ],
  })
  expect(report.posts!.post!.handedBack).toBe(0)
  expect(report.traffic.post!.causes['killed-at-drain-end']).toBeGreaterThan(150)
})
