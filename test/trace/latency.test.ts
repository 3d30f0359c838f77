import {describe, expect, test} from 'vitest'
import {exponential} from '../../sim/engine/distributions.ts'
import {minutes, seconds} from '../../sim/engine/time.ts'
import {run} from '../../sim/run.ts'
import {Series} from '../../sim/trace/series.ts'
import {WorkloadSeries} from '../../sim/trace/workload-series.ts'
import {http, keepAlive, proxies, release, scenario, servers, upstream, websockets} from '../harness.ts'

const web = http('app', 1)

describe('the latency series of a workload', () => {
  test('are quantiles of each bucket by itself, and 0 where nothing completed', () => {
    const series = new Series(seconds(4), seconds(1))
    const {latency} = new WorkloadSeries(series, 'web', web)
    for (let took = 100; took >= 1; took--) latency.add(0, took)
    latency.add(seconds(2), 7)
    latency.add(seconds(3) - 1, 3)
    latency.add(seconds(3), 1)
    latency.finish()
    expect(series.result()).toEqual({
      'web.p50': [50e-6, 0, 3e-6, 1e-6],
      'web.p99': [99e-6, 0, 7e-6, 1e-6],
    })
  })

  test('are missing where nothing ever completed', () => {
    const series = new Series(seconds(4), seconds(1))
    new WorkloadSeries(series, 'web', web).latency.finish()
    expect(series.result()).toEqual({})
  })

  test('say the same as the report where the whole run is one bucket', () => {
    const {report, trace} = run(
      scenario({
        end: minutes(2),
        tiers: {edge: proxies(3, {upstream: upstream('app')}), app: servers(2, {cores: 1})},
        traffic: {
          web: http('app', 50, {service: exponential(20_000)}),
          pool: keepAlive('app', 30, 10),
          chat: websockets('edge', 300, exponential(seconds(40))),
        },
        release: [release('edge', 'hard-restart')],
        resolution: minutes(2),
      }),
      {trace: true},
    )
    const told = (name: string) => trace!.series.columns[name]!
    for (const [name, {latency}] of Object.entries(report.traffic)) {
      expect(told(`${name}.p50`)).toEqual([expect.closeTo(latency.p50!, 6)])
      expect(told(`${name}.p99`)).toEqual([expect.closeTo(latency.p99!, 6)])
    }
    expect(told('web.p99')[0]).toBeGreaterThan(2 * told('web.p50')[0]!)
  })
})
