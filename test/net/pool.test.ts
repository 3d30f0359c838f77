import {describe, expect, test} from 'vitest'
import {forever} from '../../sim/engine/distributions.ts'
import {type Script, sleep, until} from '../../sim/engine/script.ts'
import {minutes, seconds} from '../../sim/engine/time.ts'
import type {Report} from '../../sim/metrics/report.ts'
import type {Fleet} from '../../sim/net/host/fleet.ts'
import {run} from '../../sim/run.ts'
import {strategy} from '../../sim/strategies/strategy.ts'
import {Replay} from '../../sim/trace/replay.ts'
import type {Trace} from '../../sim/trace/trace.ts'
import {Auditor} from '../auditor.ts'
import {http, type Play, proxies, release, scenario, servers, upstream, websockets} from '../harness.ts'

/** What becomes of a world in which a script changes the pool of its tier `edge`, or of `tier`. */
function changing(
  it: Omit<Play, 'end'>,
  script: (fleet: Fleet) => Script,
  tier = 'edge',
): {report: Report; trace: Trace} {
  const strategies = [
    strategy({name: 'a-change', summary: '', suits: ['proxy', 'server'], options: {}, release: script}),
  ]
  const play = scenario({...it, end: minutes(2), release: [release(tier, 'a-change', {}, seconds(10))]})
  const auditor = new Auditor()
  const {report, trace} = run(play, {seed: 1, strategies, trace: true, witnesses: [auditor]})
  expect(auditor.findings).toEqual([])
  return {report, trace: trace!}
}

describe('a host that joins', () => {
  const traffic = {web: http('edge', 200), chat: websockets('edge', 1_000, forever)}

  test('takes its share of new flows once it is in rotation, and no flow of another breaks', () => {
    let joined = 0
    const {report} = changing({tiers: {edge: proxies(4)}, traffic}, function* (fleet) {
      const host = yield* fleet.addHost()
      expect(host.inRotation.holds).toBe(false)
      yield* until(host.inRotation)
      joined = fleet.hosts.length
    })
    expect(joined).toBe(5)
    expect(report.disruption.count).toBe(0)
    expect(report.tiers.edge!.hosts).toBe(5)
    expect(report.tiers.edge!.capacity.min).toBe(1)
    expect(report.tiers.edge!.capacity.mean).toBeGreaterThan(1)
  })

  test('is not there in a trace before it joins, and is in rotation some probes after its boot of 2 s', () => {
    const {trace} = changing({tiers: {edge: proxies(4)}, traffic}, function* (fleet) {
      yield* fleet.addHost()
    })
    const replay = new Replay(trace)
    expect(replay.seek(seconds(9)).hosts.length).toBe(4)
    expect(replay.seek(seconds(11)).hosts.map(({rotation}) => rotation)).toEqual([1, 1, 1, 1, 0])
    expect(replay.seek(seconds(15)).hosts.map(({rotation}) => rotation)).toEqual([1, 1, 1, 1, 1])
  })

  test('of servers gets requests from the proxies before it, and a proxy that joins finds its servers', () => {
    for (const tier of ['edge', 'app']) {
      const tiers = {edge: proxies(2, {upstream: upstream('app')}), app: servers(2)}
      const seen: number[] = []
      const {report} = changing(
        {tiers, traffic: {web: http('app', 300)}},
        function* (fleet) {
          const host = yield* fleet.addHost()
          yield* until(host.inRotation)
          yield* sleep(seconds(30))
          seen.push(host.cpu.busy.length, host.probers.length)
          fleet.removeHost(host)
          expect(host.probers.length).toBe(0)
        },
        tier,
      )
      expect(report.disruption.count).toBe(0)
      expect(seen[1]).toBe(tier === 'edge' ? 1 : 2)
    }
  })
})

describe('a host that leaves the pool', () => {
  const chat = websockets('edge', 2_000, forever, {message: seconds(5)})

  test('keeps its connections as long as the table knows them, and gets no new ones', () => {
    let [before, after] = [0, 0]
    const {report} = changing({tiers: {edge: proxies(4)}, traffic: {chat, web: http('edge', 100)}}, function* (fleet) {
      const [host] = fleet.hosts
      before = host!.connections
      fleet.removeHost(host!)
      fleet.removeHost(host!)
      expect(host!.outOfRotation.holds).toBe(true)
      yield* sleep(seconds(60))
      after = host!.connections
    })
    expect(before).toBeGreaterThan(400)
    expect(after).toBe(before)
    expect(report.disruption.count).toBe(0)
    expect(report.tiers.edge!.capacity.min).toBe(0.75)
  })

  test('is not booted again when its last process has gone, and no release waits for it', () => {
    const {report} = changing({tiers: {edge: proxies(4)}, traffic: {chat}}, function* (fleet) {
      const [host] = fleet.hosts
      yield* host!.attended(
        (function* () {
          fleet.removeHost(host!)
          host!.current.kill()
          yield* until(host!.returned)
        })(),
      )
    })
    expect(report.release.edge!.duration).toBe(0)
    expect(report.tiers.edge!.processes.old).toBe(3)
  })
})
