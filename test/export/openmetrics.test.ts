import {expect, test} from 'vitest'
import {openMetricsOf} from '../../sim/export/openmetrics.ts'
import {run} from '../../sim/run.ts'
import {shipped} from '../shipped.ts'
import {readOpenMetrics} from './prometheus.ts'

const {report} = run(shipped('rolling-soft-stop'))
const text = openMetricsOf(report)
const families = readOpenMetrics(text)
const family = (name: string) => families.find(it => it.name === name)!
const value = (name: string, wanted: Readonly<Record<string, string>>) =>
  families
    .flatMap(({samples}) => samples)
    .find(([sample, labels]) => sample === name && Object.entries(wanted).every(([key, it]) => labels[key] === it))?.[2]

test('Prometheus’ own client reads the numbers of the report back', () => {
  for (const [workload, traffic] of Object.entries(report.traffic)) {
    expect(value('zdr_started_total', {workload})).toBe(traffic.started)
    expect(value('zdr_ended_total', {workload, outcome: 'refused'})).toBe(traffic.refused)
    expect(value('zdr_ended_total', {workload, outcome: 'timed-out'})).toBe(traffic.timedOut)
    expect(value('zdr_latency_seconds', {workload, quantile: '0.99'})).toBe(traffic.latency.p99 ?? undefined)
    for (const [cause, count] of Object.entries(traffic.causes))
      expect(value('zdr_disruptions_total', {workload, cause})).toBe(count)
  }
  for (const [tier, it] of Object.entries(report.tiers))
    expect(value('zdr_tier_capacity_ratio', {tier, over: 'min'})).toBe(it.capacity.min)
  expect(value('zdr_release_duration_seconds', {tier: 'proxy'})).toBe(report.release.proxy!.duration)
  expect(value('zdr_run_info', {scenario: 'rolling-soft-stop', seed: '1'})).toBe(1)
})

test('every family has a type and a sentence of help, and those with a unit end in it', () => {
  expect(families.length).toBeGreaterThan(15)
  for (const {name, help, unit} of families) {
    expect([name, help]).toEqual([name, expect.stringMatching(/^[A-Z].*\.$/)])
    if (unit !== '') expect(name.endsWith(`_${unit}`)).toBe(true)
  }
  expect([family('zdr_tier_memory_peak_bytes').unit, family('zdr_latency_seconds').type]).toEqual(['bytes', 'summary'])
  expect(text.endsWith('\n# EOF\n')).toBe(true)
})

test('what only QUIC, uploads or MQTT have is there where they are', () => {
  const whole = run(shipped('zero-downtime-release', ['end=3m', 'release.edge.at=2m', 'release.app.at=2m'])).report
  const samples = readOpenMetrics(openMetricsOf(whole)).flatMap(it => it.samples)
  const read = (name: string, workload: string, measure: string) =>
    samples.find(([it, labels]) => it === name && labels.workload === workload && labels.measure === measure)?.[2]
  expect(read('zdr_packets', 'quic', 'sent')).toBe(whole.packets!.quic!.sent)
  expect(read('zdr_posts', 'upload', 'bytes.received')).toBe(whole.posts!.upload!.bytes.received)
  expect(read('zdr_publishes', 'mqtt', 'up.sent')).toBe(whole.publishes!.mqtt!.up.sent)
})

test('what only stores, databases or tiers behind a gate have is there by tier', () => {
  const families = ['redis-switch', 'rename-column', 'kamal-hold'].map(name => {
    const {report} = run(shipped(name))
    return {report, samples: readOpenMetrics(openMetricsOf(report)).flatMap(it => it.samples)}
  })
  const read = (i: number, name: string, tier: string, measure: string) =>
    families[i]!.samples.find(([it, labels]) => it === name && labels.tier === tier && labels.measure === measure)?.[2]
  const [redis, rename, kamal] = families.map(({report}) => report)
  expect(read(0, 'zdr_stores', 'redis', 'acknowledged')).toBe(redis!.stores!.redis!.acknowledged)
  expect(read(1, 'zdr_databases', 'db', 'divergentRows.peak')).toBe(rename!.databases!.db!.divergentRows.peak)
  expect(read(2, 'zdr_holds', 'app', 'requests')).toBe(kamal!.holds!.app!.requests)
})

test('a name that would break a line does not', () => {
  const odd = {...report, scenario: 'a "b"\\c\nd'}
  const [, labels] = readOpenMetrics(openMetricsOf(odd)).find(({name}) => name === 'zdr_run')!.samples[0]!
  expect(labels.scenario).toBe('a "b"\\c\nd')
})
