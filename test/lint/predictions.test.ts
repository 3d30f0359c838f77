import {describe, expect, test} from 'vitest'
import type {Report} from '../../sim/metrics/report.ts'
import {run} from '../../sim/run.ts'
import type {Scenario} from '../../sim/scenario/scenario.ts'
import type {Trace} from '../../sim/trace/trace.ts'
import {shippedText} from '../shipped.ts'
import {findingsOf, scenarioOf} from './sample.ts'

const pods = `
end: 2m
tiers:
  edge: {kind: proxy, hosts: 8, boot: 2s, link: 20ms, behind: l4lb}
traffic:
  web: {kind: http, to: edge, rate: 200/s, service: {exponential: 20ms}}
release:
  edge: {strategy: kubernetes, at: 10s}
`
const longRequests = `
end: 3m
tiers:
  edge: {kind: proxy, hosts: 8, cores: 64, boot: 2s, link: 20ms, behind: l4lb}
traffic:
  web: {kind: keep-alive, to: edge, connections: 2000, rate: 50/s, service: 8s}
release:
  edge: {strategy: kubernetes-prestop, at: 10s, options: {terminationGracePeriod: 15s}}
`
const storm = `
end: 2m
tiers:
  edge: {kind: proxy, hosts: 4, cores: 1, backlog: 100, boot: 5s, cpu: {handshake: 2ms}, link: 20ms, behind: {l4lb: {probe: {interval: 1s}}}}
traffic:
  chat: {kind: websocket, to: edge, connections: 40000, connectTimeout: 3s, reconnect: {base: 2s, jitter: full}}
release:
  edge: {strategy: graceful-drain, at: 10s, options: {batch: 1, canary: true, drainTimeout: 5s}}
`
const cold = `
end: 4m
tiers:
  edge: {kind: proxy, hosts: 4, cores: 4, boot: {time: 2s, cores: 0, warmup: 1m, slowdown: 3}, link: 20ms, behind: l4lb}
traffic:
  web: {kind: http, to: edge, rate: 80/s, service: 100ms, requestTimeout: 5s}
release:
  edge: {strategy: socket-takeover, at: 10s, options: {batch: 1, canary: true, drainTimeout: 10s}}
`
const ungated = `
end: 2m
tiers:
  edge: {kind: proxy, hosts: 4, boot: 20s, link: 20ms, behind: {l4lb: {probe: {interval: 5s, fall: 2, rise: 2}}}}
traffic:
  web: {kind: http, to: edge, rate: 50/s, service: 5ms}
release:
  edge: {strategy: hard-restart, at: 10s, options: {batch: 2, gate: false}}
`
const inStep = `
end: 2m
tiers:
  edge: {kind: proxy, hosts: 4, boot: 5s, link: 20ms, behind: l4lb}
traffic:
  chat: {kind: websocket, to: edge, connections: 4000, reconnect: {base: 10s, jitter: none}}
release:
  edge: {strategy: hard-restart, at: 10s, options: {batch: 1, canary: true}}
`
const twice = `
end: 10m
tiers:
  edge: {kind: proxy, hosts: 2, boot: 2s, link: 20ms, memory: {process: 1GiB, connection: 0B}, behind: l4lb}
traffic:
  chat: {kind: websocket, to: edge, connections: 1000, lifetime: {exponential: 2m}}
release:
  edge: {strategy: nginx-shutdown-timeout, at: 10s, options: {batch: 100%, again: 1m, times: 2}}
`
const flows = `
end: 3m
tiers:
  edge: {kind: proxy, hosts: 4, boot: 2s, link: 20ms, udp: {serverId: false}, behind: l4lb}
traffic:
  quic: {kind: quic, to: edge, connections: 2000, packet: 40s, idleTimeout: 3m}
changes:
  - {adds: edge, at: 60s}
`
const outage = `
end: 80m
tiers:
  edge: {kind: proxy, hosts: 1, boot: 2s, link: 20ms, behind: l4lb}
traffic:
  chat: {kind: websocket, to: edge, connections: 1000, message: 5s, reconnect: {cap: 4h}}
faults:
  - {host-dies: edge.0, at: 5m, lasts: 1h}
`
const waves = `
end: 30m
resolution: 10s
tiers:
  edge: {kind: proxy, hosts: 4, boot: 2s, link: 20ms, behind: l4lb, upstream: {to: broker}}
  broker: {kind: broker, hosts: 2}
traffic:
  mqtt: {kind: mqtt, to: broker, connections: 4000, renewal: 10m, reconnect: {base: 1s}}
release:
  edge: {strategy: hard-restart, at: 1m, options: {batch: 100%}}
`

const twoVersions = `
end: 3m
tiers:
  app:
    kind: server
    hosts: 4
    boot: 5s
    behind: l4lb
    database: {to: db, table: users, writes: 50%, versions: [{reads: [a], writes: [a]}, {reads: [b], writes: [b]}]}
  db: {kind: database, tables: {users: {rows: 1000, columns: [a]}}}
traffic:
  web: {kind: http, to: app, rate: 100/s, service: 1ms}
release:
  app: {strategy: schema-migration, at: 10s, options: {surge: 1, unavailable: 0}}
`

type Measure = (report: Report, trace: Trace) => number
const of =
  (workload: string, outcome: 'refused' | 'reset' | 'timedOut' | 'misrouted' | 'failed'): Measure =>
  ({traffic}) =>
    traffic[workload]![outcome]

interface Prediction {
  readonly rule: string
  readonly text: string
  readonly sets?: readonly string[]
  readonly measure: Measure
  /** What it comes to as the file says, and with what is proposed instead. */
  readonly harm: number
  readonly cured: number
}

const predictions: readonly Prediction[] = [
  {rule: 'closes-too-soon', text: pods, measure: of('web', 'refused'), harm: 50, cured: 0},
  {
    rule: 'grace-too-short',
    text: longRequests,
    measure: ({traffic}) => traffic.web!.causes['killed-at-drain-end'] ?? 0,
    harm: 20,
    cured: 0,
  },
  {
    rule: 'stops-before-leaving',
    text: shippedText('rolling-soft-stop'),
    measure: of('short', 'refused'),
    harm: 50,
    cured: 0,
  },
  {
    rule: 'capacity-below-load',
    text: shippedText('release-at-peak'),
    measure: of('web', 'timedOut'),
    harm: 5_000,
    cured: 0,
  },
  {rule: 'hold-outlasts', text: shippedText('hold-too-short'), measure: of('web', 'failed'), harm: 400, cured: 0},
  {
    rule: 'packets-go-astray',
    text: shippedText('hot-restart-coverage'),
    measure: of('quic', 'misrouted'),
    harm: 1_000,
    cured: 0,
  },
  {
    rule: 'pools-over-ceiling',
    text: shippedText('pool-doubling'),
    measure: ({databases}) => databases!.db!.connections.refused,
    harm: 100,
    cured: 0,
  },
  {
    rule: 'contract-too-soon',
    text: shippedText('contract-too-soon'),
    measure: ({traffic}) => traffic.web!.causes['schema-error'] ?? 0,
    harm: 50,
    cured: 0,
  },
  {
    rule: 'reads-before-filled',
    text: twoVersions,
    measure: ({databases}) => databases!.db!.staleReads,
    harm: 300,
    cured: 0,
  },
  {
    rule: 'alter-without-limit',
    text: shippedText('lock-queue'),
    measure: ({databases}) => databases!.db!.lockWait.longest,
    harm: 600,
    cured: 0.5,
  },
  {rule: 'warm-up-overload', text: cold, measure: of('web', 'timedOut'), harm: 50, cured: 0},
  {rule: 'ungated', text: ungated, measure: ({tiers}) => 1 - tiers.edge!.capacity.min, harm: 0.9, cured: 0.5},
  {rule: 'storm-over-capacity', text: storm, measure: of('chat', 'timedOut'), harm: 1_000, cured: 0},
  {rule: 'idle-flow-forgotten', text: flows, measure: of('quic', 'misrouted'), harm: 50, cured: 0},
  {
    rule: 'backoff-without-cap',
    text: outage,
    // Of 1,000 those who are not back 15 minutes after an outage of an hour.
    measure: ({connections}) => 1_000 - connections.chat!.perHost.reduce((sum, count) => sum + count, 0),
    harm: 300,
    cured: 0,
  },
  {
    rule: 'without-jitter',
    text: inStep,
    measure: ({connections}) => connections.chat!.reconnects.peakPerSecond,
    harm: 900,
    cured: 200,
  },
  {
    rule: 'generations-pile-up',
    text: twice,
    measure: ({tiers}) => tiers.edge!.memory.peak / 2 ** 30,
    harm: 4,
    cured: 2,
  },
  {
    rule: 'renewal-in-step',
    text: waves,
    // In ten seconds, long after the restart.
    measure: (_, {series}) => Math.max(...series.columns['mqtt.opened']!.slice(60)),
    harm: 3_000,
    cured: 500,
  },
]

const measured = (scenario: Scenario, measure: Measure): number => {
  const {report, trace} = run(scenario, {trace: true})
  return measure(report, trace!)
}

describe.each(predictions)('$rule', ({rule, text, measure, harm, cured}) => {
  test('says what a run does, and what it proposes cures that', () => {
    const finding = findingsOf(scenarioOf(text, [])).find(it => it.rule === rule)!
    expect(measured(scenarioOf(text, []), measure)).toBeGreaterThanOrEqual(harm)
    expect(measured(scenarioOf(text, finding.fix), measure)).toBeLessThanOrEqual(cured)
  })
})

test('drain-cuts says how many are cut, by the law of what is left of a session', () => {
  const scenario = scenarioOf(shippedText('ws-drain'), [])
  const notes = findingsOf(scenario).filter(({rule}) => rule === 'drain-cuts')
  const {traffic} = run(scenario).report
  const told = notes.map(({reason}) => /^Some ([\d,]+) of (\w+), /.exec(reason)!.slice(1))
  expect(told.map(([, name]) => name)).toEqual(['exponential', 'lognormal', 'pareto'])
  for (const [count, name] of told) {
    const cut = traffic[name!]!.causes['killed-at-drain-end']!
    expect(Math.abs(Number(count!.replace(',', '')) / cut - 1)).toBeLessThan(0.03)
  }
})

test('a drain as long as drain-cuts proposes leaves one in a thousand to be cut', () => {
  const sets = ['end=2h', 'traffic.pareto.connections=0', 'traffic.lognormal.connections=0']
  const {fix} = findingsOf(scenarioOf(shippedText('ws-drain'), sets))[0]!
  const {traffic} = run(scenarioOf(shippedText('ws-drain'), [...sets, ...fix])).report
  expect(traffic.exponential!.reset).toBeLessThan(25)
})

test('keep-alive-race says how many requests meet a close', () => {
  const race = `
end: 20m
tiers:
  edge: {kind: proxy, hosts: 2, boot: 2s, keepAlive: 20s, link: 50ms, behind: l4lb}
traffic:
  pool: {kind: keep-alive, to: edge, connections: 2000, rate: 200/s, service: 1ms}
`
  const races = (sets: readonly string[]) =>
    run(scenarioOf(race, sets)).report.traffic.pool!.causes['idle-timeout-race'] ?? 0
  const {fix, reason} = findingsOf(scenarioOf(race, []))[0]!
  const told = Number(/some ([\d,]+) requests/.exec(reason)![1]!.replace(',', ''))
  const deviation = Math.sqrt(told)
  expect(Math.abs(races([]) - told)).toBeLessThan(4 * deviation)
  expect(races(fix)).toBeLessThanOrEqual(4)
})
