import {describe, expect, test} from 'vitest'
import {fixed, forever} from '../../sim/engine/distributions.ts'
import {millis, seconds} from '../../sim/engine/time.ts'
import type {Report} from '../../sim/metrics/report.ts'
import type {TierOptions, UpstreamOptions, WorkloadOptions} from '../../sim/net/options.ts'
import type {OptionValue} from '../../sim/scenario/scenario.ts'
import {
  http,
  l4lb,
  type Play,
  play,
  probe,
  proxies,
  release,
  servers,
  uploads,
  upstream,
  websockets,
} from '../harness.ts'

interface About {
  readonly proxy?: Partial<TierOptions>
  readonly upstream?: Partial<UpstreamOptions>
  readonly traffic?: Record<string, WorkloadOptions>
  readonly strategy?: string
  readonly options?: Record<string, OptionValue>
}

/** One proxy before one server, whose restart takes 5 s, at 10 s. */
function restart({proxy, upstream: how, traffic, strategy = 'request-pause', options}: About): Report {
  const boot = {time: fixed(seconds(5)), cores: 0, warmup: 0, slowdown: 1}
  const it: Play = {
    end: seconds(60),
    tiers: {
      edge: proxies(1, {upstream: upstream('app', {probe: probe({fall: 20}), ...how}), ...proxy}),
      app: servers(1, {cores: 64, boot}),
    },
    traffic: traffic ?? {web: http('app', 100)},
    release: [release('app', strategy, options)],
  }
  return play(it)
}

describe('a proxy that holds requests', () => {
  test('has room for as many as its queue, and answers 503 to the others', () => {
    const {holds, traffic} = restart({proxy: {queue: 40}})
    expect(holds!.app).toMatchObject({peak: 40, requests: 40, refused: traffic.web!.causes['queue-full']})
    expect(traffic.web!.failed).toBe(holds!.app!.refused)
  })

  test('keeps its memory for each of them', () => {
    const {holds, tiers} = restart({proxy: {memory: {process: 0, connection: 1000}}})
    // A request that comes as the last of the others goes on is one more for no time at all.
    expect(tiers.edge!.memory.peak / 1000 - holds!.app!.peak).toBeLessThanOrEqual(1)
  })

  test('answers health checks by itself, and stays in rotation', () => {
    const {traffic, tiers} = restart({proxy: {behind: l4lb({probe: probe({interval: millis(100)})})}})
    expect(tiers.edge!.capacity.min).toBe(1)
    expect(traffic.web!.completed).toBe(traffic.web!.started)
  })

  test('leaves the rotation where the server is to answer them, and whoever comes meets nobody', () => {
    const behind = l4lb({probe: probe({interval: millis(100)})})
    const traffic = {web: http('app', 100, {connectTimeout: seconds(2)})}
    const {traffic: told, tiers} = restart({proxy: {behind}, traffic, options: {checks: 'passed on'}})
    expect(tiers.edge!.capacity.min).toBe(0)
    // It is out after 0.2 s and in again 0.2 s after 5 s; those of the last 2 s before that come through with another SYN.
    expect(told.web!.causes['no-host']).toBeGreaterThan(200)
  })

  test('cuts WebSockets as the drain begins, and holds those who come back', () => {
    const traffic = {
      chat: websockets('app', 200, forever, {
        reconnect: {base: millis(10), factor: 1, cap: millis(10), jitter: 'full'},
      }),
    }
    const {traffic: told, holds} = restart({traffic})
    expect(told.chat).toMatchObject({causes: {'closed-by-drain': 200}, open: 200})
    expect(holds!.app).toMatchObject({requests: 200, peak: 200, gone: 0})
    expect(holds!.app!.wait.max).toBeCloseTo(5, 1)
  })

  test('hands on a body that it has kept, and the server has it all the same', () => {
    const traffic = {photo: uploads('app', 20, {duration: fixed(seconds(1)), bandwidth: 1000})}
    const {traffic: told, posts} = restart({traffic, upstream: {bufferUploads: true}})
    expect(told.photo!.failed + told.photo!.reset).toBe(0)
    expect(posts!.photo!.bytes.received).toBe(told.photo!.completed * 1000)
  })

  test('lets those go between whose look and whose choice of a server the hold begins: 503', () => {
    const {traffic} = restart({traffic: {web: http('app', 1000)}, upstream: {claim: millis(100)}})
    // 1000/s x 0.1 s = 100, +- 10.
    expect(Math.abs(traffic.web!.causes['no-server']! - 100)).toBeLessThan(50)
    expect(restart({traffic: {web: http('app', 1000)}}).traffic.web!.failed).toBe(0)
  })
})

describe('a device in front', () => {
  test('gives a request up with a 504 of its own, before the client does', () => {
    const {traffic, holds} = restart({proxy: {frontTimeout: seconds(2)}})
    // Of the 5 s those of the first 3: 100/s x 3 s = 300, +- 17.
    expect(Math.abs(traffic.web!.causes['front-timeout']! - 300)).toBeLessThan(87)
    expect(holds!.app!.gone).toBe(traffic.web!.failed)
  })

  test('plays no part where the client gives up sooner', () => {
    const traffic = {web: http('app', 100, {requestTimeout: seconds(1)})}
    expect(restart({traffic, proxy: {frontTimeout: seconds(2)}}).traffic.web!.causes).not.toHaveProperty(
      'front-timeout',
    )
  })
})

describe('a deploy beside the old version', () => {
  test('turns to the new processes when all are ready, and disrupts no request', () => {
    const {disruption, tiers, release: told} = restart({strategy: 'overlap-deploy'})
    expect(disruption.count).toBe(0)
    expect(tiers.app!.processes).toEqual({old: 0, new: 1})
    expect(told.app!.duration).toBe(5)
  })

  test('calls itself off when one is not ready in time, and the old ones stay', () => {
    const {
      disruption,
      tiers,
      release: told,
    } = restart({strategy: 'overlap-deploy', options: {deployTimeout: seconds(4)}})
    expect(disruption.count).toBe(0)
    expect(tiers.app!.processes).toEqual({old: 1, new: 0})
    expect(told.app).toMatchObject({haltedAt: 14, finishedAt: 14})
  })

  test('answers 504 to what is left when the drain is over, and cuts WebSockets when it begins', () => {
    const traffic = {
      photo: uploads('app', 10, {duration: fixed(seconds(20))}),
      chat: websockets('app', 100, forever),
    }
    const {traffic: told} = restart({strategy: 'overlap-deploy', traffic, options: {drainTimeout: seconds(5)}})
    expect(told.chat!.causes).toEqual({'closed-by-drain': 100})
    // Of those under way at 15 s all that came in its last 15 s: 10/s x 15 s = 150, +- 12.
    expect(told.photo!.causes).toEqual({'drain-timeout': told.photo!.failed})
    expect(Math.abs(told.photo!.failed - 150)).toBeLessThan(61)
  })

  test('beats a pause in every wait, where two versions may run together', () => {
    const waits = (strategy: string) => restart({strategy}).traffic.web!.latency.max!
    expect(waits('overlap-deploy')).toBeLessThan(0.01)
    expect(waits('request-pause')).toBeGreaterThan(4.9)
  })
})
