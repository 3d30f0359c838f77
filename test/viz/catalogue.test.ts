import {describe, expect, test} from 'vitest'
import {seconds} from '../../sim/engine/time.ts'
import {run} from '../../sim/run.ts'
import {type Recording, recordingOf} from '../../viz/recording/recording.ts'
import {chartsOf} from '../../viz/views/charts/catalogue.ts'
import {shipped} from '../shipped.ts'
import {bare, traced} from '../trace/traced.ts'

const rough = recordingOf(traced('hard-restart'))
const gentle = recordingOf(traced('socket-takeover'))
const recorded = (name: string, ...sets: string[]) => recordingOf(run(shipped(name, sets), {trace: true}).trace!)
const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0)

describe('the charts that are shown', () => {
  const titles = (...recordings: Recording[]) => chartsOf(recordings).map(({title}) => title)

  test('of a release with sessions are capacity, reconnects and how evenly they lie', () => {
    const shown = chartsOf([rough, gentle])
    expect(shown.map(({title}) => title)).toEqual([
      'Capacity of edge',
      'Capacity of app',
      'Idle CPU of edge',
      'Idle CPU of app',
      'Reconnects',
      'Connections on the fullest host',
      'Latency, p99',
      'Latency, p50',
    ])
    expect(shown.find(({title}) => title === 'Reconnects')!.choices.map(({name}) => name)).toEqual(['chat', 'pool'])
  })

  test('of three tiers and every protocol have what each protocol has', () => {
    expect(titles(recorded('zero-downtime-release', 'end=12m'))).toEqual([
      'Capacity of edge',
      'Capacity of origin',
      'Capacity of app',
      'Idle CPU of edge',
      'Idle CPU of origin',
      'Idle CPU of app',
      'Reconnects',
      'Connections on the fullest host',
      'Latency, p99',
      'Latency, p50',
      'Forwarded packets',
      'POSTs handed back (379)',
      'POSTs replayed',
      'Tunnels moved',
      'Publishes to brokers',
      'Publishes to users',
    ])
  })

  test('of a tier behind a gate have what is held for it at a time', () => {
    const {report, trace} = run(shipped('kamal-hold'), {trace: true})
    const recording = recordingOf(trace!)
    const {course} = chartsOf([recording]).find(({title}) => title === 'Requests held')!.choices[0]!
    const most = Math.max(...course(recording).values)
    expect(most).toBeGreaterThan(0)
    expect(most).toBeLessThanOrEqual(report.holds!.app!.peak)
  })

  test('of a store tell for how long nobody, or more than one, would have taken a write', () => {
    for (const replace of ['maintenance-window', 'writable-replica']) {
      const {report, trace} = run(shipped('redis-switch'), {trace: true, replace})
      const recording = recordingOf(trace!)
      const {course} = chartsOf([recording]).find(({title}) => title === 'Nodes that take writes')!.choices[0]!
      const {width, values} = course(recording)
      const {twoPrimaries} = report.stores!.redis!
      const beyondOne = sum([...values].map(it => Math.max(0, it - 1))) * (width / seconds(1))
      expect(beyondOne).toBeLessThanOrEqual(twoPrimaries + 1e-3)
      if (replace === 'maintenance-window') expect([twoPrimaries, Math.min(...values) < 1]).toEqual([0, true])
      else expect(beyondOne).toBeGreaterThan(0)
    }
  })

  test('of uploads count up to what the report counts', () => {
    const {report, trace} = run(shipped('app-release', ['end=80s']), {trace: true})
    const recording = recordingOf(trace!)
    const last = (title: string) =>
      chartsOf([recording])
        .find(it => it.title === title)!
        .choices[0]!.course(recording)
        .values.at(-1)
    const {handedBack, replays} = report.posts!.post!
    expect(replays.total).toBeGreaterThan(0)
    expect([last('POSTs handed back (379)'), last('POSTs replayed')]).toEqual([handedBack, replays.total])
  })

  test('of quantiles leave out the buckets in which nothing was answered', () => {
    const p99 = Float64Array.from({length: rough.series.columns['web.started']!.length}, (_, k) => (k === 0 ? 0 : 0.1))
    const timed = {...rough, series: {...rough.series, columns: {...rough.series.columns, 'web.p99': p99}}}
    const latency = chartsOf([timed]).find(({title}) => title === 'Latency, p99')!
    const {values} = latency.choices.find(({name}) => name === 'web')!.course(timed)
    expect([latency.isLog, values[0], values[1]]).toEqual([true, Number.NaN, 0.1])
  })

  test('of a trace without a release or sessions are none that would be empty', () => {
    expect(titles(recordingOf(bare))).toEqual([])
  })

  test('tell rates that add up to what was counted', () => {
    const {course} = chartsOf([rough]).find(({title}) => title === 'Reconnects')!.choices[0]!
    const {width, values} = course(rough)
    const times = Array.from(values, (_, k) => (Math.min(rough.end, (k + 1) * width) - k * width) / 1e6)
    const counted = sum(rough.series.columns['chat.reconnects']!)
    expect(counted).toBeGreaterThan(100)
    expect(sum(values.map((rate, k) => rate * times[k]!))).toBeCloseTo(counted, 6)
  })

  test('tell the fullest host in multiples of the mean at the start, and the band of all below it', () => {
    const {course, band} = chartsOf([rough]).find(({title}) => title.startsWith('Connections'))!.choices[0]!
    const hosts = [0, 1, 2, 3].map(k => rough.series.columns[`edge.${k}.connections`]!)
    const [low, high] = band!(rough)
    const mean = sum(hosts.map(column => column[0]!)) / 4
    course(rough).values.forEach((value, k) => {
      const counts = hosts.map(column => column[k]!)
      expect(value).toBeCloseTo(Math.max(...counts) / mean, 9)
      expect([high.values[k], low.values[k]! <= value]).toEqual([value, true])
    })
  })

  test('tell as the peak of the fullest host what the report tells, but for what is between two samples', () => {
    const {trace, report} = run(shipped('rolling-imbalance', ['traffic.clients.connections=3000']), {trace: true})
    const recording = recordingOf(trace!)
    const {course} = chartsOf([recording]).find(({title}) => title.startsWith('Connections'))!.choices[0]!
    const [peak, told] = [Math.max(...course(recording).values), report.connections.clients!.peakOverMean]
    expect(peak).toBeLessThanOrEqual(told)
    expect(peak / told).toBeGreaterThan(0.98)
  })
})
