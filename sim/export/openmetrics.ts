import type {OutcomeName, Report} from '../metrics/report.ts'
import {outcomes} from '../net/events.ts'

type Labels = Readonly<Record<string, string | number>>

interface Sample {
  readonly labels: Labels
  /** What there is no number for is left out. */
  readonly value: number | null | undefined
}

interface Family {
  readonly name: string
  readonly type: 'counter' | 'gauge' | 'summary' | 'info'
  readonly unit?: 'seconds' | 'bytes' | 'ratio'
  readonly help: string
  readonly samples: readonly Sample[]
}

/** A report as OpenMetrics text (openmetrics.io, 1.0): what Prometheus and whoever speaks its language reads. */
export function openMetricsOf(report: Report): string {
  const families = familiesOf(report).filter(({samples}) => samples.some(isThere))
  return `${families.flatMap(linesOf).join('\n')}\n# EOF\n`
}

const isThere = ({value}: Sample) => value !== null && value !== undefined

function linesOf({name, type, unit, help, samples}: Family): string[] {
  const suffix = type === 'counter' ? '_total' : type === 'info' ? '_info' : ''
  return [
    `# TYPE ${name} ${type}`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${escaped(help)}`,
    ...samples.filter(isThere).map(({labels, value}) => `${name}${suffix}${labelsText(labels)} ${value}`),
  ]
}

function labelsText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(String(value))}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')

function familiesOf(report: Report): Family[] {
  return [...ofRun(report), ...ofTraffic(report), ...ofTiers(report), ...ofReleases(report), ...ofTheRest(report)]
}

function ofRun({scenario, seed, end, strategies, disruption, expect}: Report): Family[] {
  const how = Object.entries(strategies).map(([tier, strategy]) => `${tier}: ${strategy}`)
  const met = (is: boolean) => ({labels: {met: String(is)}, value: expect.filter(it => it.met === is).length})
  return [
    info('zdr_run', 'What was simulated.', {scenario, seed, strategies: how.join(', ')}),
    gauge('zdr_simulated_seconds', 'Simulated time.', [{labels: {}, value: end}], 'seconds'),
    gauge(
      'zdr_disruption_ratio',
      'Share of all that began and did not complete.',
      [{labels: {}, value: disruption.fraction}],
      'ratio',
    ),
    gauge('zdr_expectations', 'Expectations of the scenario, by whether they are met.', [met(true), met(false)]),
  ]
}

const camel = (name: string): OutcomeName => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase()) as OutcomeName

function ofTraffic({traffic, connections}: Report): Family[] {
  const all = Object.entries(traffic)
  const kept = Object.entries(connections)
  const quantiles = {p50: '0.5', p90: '0.9', p99: '0.99', max: '1'} as const
  return [
    counter(
      'zdr_started',
      'Requests and connections that began.',
      all.map(([workload, it]) => ({labels: {workload}, value: it.started})),
    ),
    counter(
      'zdr_ended',
      'How requests and connections ended.',
      all.flatMap(([workload, it]) =>
        outcomes.map(outcome => ({labels: {workload, outcome}, value: it[camel(outcome)]})),
      ),
    ),
    counter(
      'zdr_disruptions',
      'Why requests and connections did not complete.',
      all.flatMap(([workload, {causes}]) =>
        Object.entries(causes).map(([cause, value]) => ({labels: {workload, cause}, value})),
      ),
    ),
    gauge(
      'zdr_open',
      'Requests and connections that were open at the end.',
      all.map(([workload, it]) => ({labels: {workload}, value: it.open})),
    ),
    {
      name: 'zdr_latency_seconds',
      type: 'summary',
      unit: 'seconds',
      help: 'How long requests took until they were answered, and connections until they were open.',
      samples: all.flatMap(([workload, {latency}]) =>
        Object.entries(quantiles).map(([key, quantile]) => ({
          labels: {workload, quantile},
          value: latency[key as keyof typeof quantiles],
        })),
      ),
    },
    counter(
      'zdr_reconnects',
      'Clients who asked for a connection again.',
      kept.map(([workload, it]) => ({labels: {workload}, value: it.reconnects.total})),
    ),
    gauge(
      'zdr_reconnects_peak',
      'Those of the busiest second.',
      kept.map(([workload, it]) => ({labels: {workload}, value: it.reconnects.peakPerSecond})),
    ),
    gauge(
      'zdr_bounces_mean',
      'How often the connection of a client broke, on average.',
      kept.map(([workload, it]) => ({labels: {workload}, value: it.bounces.mean})),
    ),
  ]
}

function ofTiers({tiers}: Report): Family[] {
  const all = Object.entries(tiers)
  const both = (pick: (tier: Report['tiers'][string]) => {readonly min: number; readonly mean: number}): Sample[] =>
    all.flatMap(([tier, it]) => (['min', 'mean'] as const).map(over => ({labels: {tier, over}, value: pick(it)[over]})))
  return [
    gauge(
      'zdr_tier_hosts',
      'Hosts at the end.',
      all.map(([tier, it]) => ({labels: {tier}, value: it.hosts})),
    ),
    gauge(
      'zdr_tier_capacity_ratio',
      'Share of hosts that new work reaches and that accept it.',
      both(it => it.capacity),
      'ratio',
    ),
    gauge(
      'zdr_tier_idle_cpu_ratio',
      'Share of all cores that is idle where new work can go.',
      both(it => it.idleCpu),
      'ratio',
    ),
    gauge(
      'zdr_tier_memory_peak_bytes',
      'Most memory that one host took.',
      all.map(([tier, it]) => ({labels: {tier}, value: it.memory.peak})),
      'bytes',
    ),
    gauge(
      'zdr_tier_processes',
      'Processes at the end, by version.',
      all.flatMap(([tier, {processes}]) =>
        (['old', 'new'] as const).map(version => ({labels: {tier, version}, value: processes[version]})),
      ),
    ),
  ]
}

function ofReleases({release, strategies}: Report): Family[] {
  const labels = (tier: string) => ({tier, strategy: strategies[tier] ?? ''})
  const all = Object.entries(release)
  return [
    gauge(
      'zdr_release_duration_seconds',
      'How long a release took.',
      all.map(([tier, it]) => ({labels: labels(tier), value: it.duration})),
      'seconds',
    ),
    gauge(
      'zdr_release_start_seconds',
      'When it began.',
      all.map(([tier, it]) => ({labels: labels(tier), value: it.startedAt})),
      'seconds',
    ),
  ]
}

const onlySomeWorkloads = {
  packets: 'QUIC packets, and what became of them.',
  posts: 'Unfinished POSTs, and what became of them.',
  pages: 'Open pages, and what became of them when their tier got another version.',
  sessions: 'MQTT sessions, as users found them.',
  jobs: 'Jobs, and what became of them when their workers had to go.',
  publishes: 'MQTT publishes, by direction.',
  acks: 'New MQTT connections over time.',
  moves: 'MQTT tunnels that were to be moved.',
} as const
const onlySomeTiers = {
  holds: 'Requests that proxies held for a tier.',
  stores: 'What became of the writes that a store acknowledged.',
  databases: 'What became of the queries and the rows of a database.',
} as const

/** What only some workloads and tiers have, as the report has it: a number for each path. */
function ofTheRest(report: Report): Family[] {
  const families = (helps: Readonly<Partial<Record<keyof Report, string>>>, owner: 'workload' | 'tier') =>
    Object.entries(helps).map(([part, help]) => {
      const owners = Object.entries(report[part as keyof Report] ?? {})
      const samples = owners.flatMap(([name, it]) =>
        numbersIn(it as object).map(([measure, value]) => ({labels: {[owner]: name, measure}, value})),
      )
      return gauge(`zdr_${part}`, help, samples)
    })
  return [...families(onlySomeWorkloads, 'workload'), ...families(onlySomeTiers, 'tier')]
}

function numbersIn(it: object, path = ''): [string, number][] {
  return Object.entries(it).flatMap(([name, value]): [string, number][] => {
    if (typeof value === 'number') return [[path + name, value]]
    return typeof value === 'object' && value !== null ? numbersIn(value, `${path}${name}.`) : []
  })
}

const gauge = (name: string, help: string, samples: readonly Sample[], unit?: Family['unit']): Family => ({
  ...{name, help, samples, type: 'gauge'},
  ...(unit && {unit}),
})
const counter = (name: string, help: string, samples: readonly Sample[]): Family => ({
  name,
  help,
  samples,
  type: 'counter',
})
const info = (name: string, help: string, labels: Labels): Family => ({
  ...{name, help, type: 'info'},
  samples: [{labels, value: 1}],
})
