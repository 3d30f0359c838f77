import {readFileSync} from 'node:fs'
import {describe, expect, it} from 'vitest'
import type {Report} from '../sim/metrics/report.ts'
import {run} from '../sim/run.ts'
import type {Scenario} from '../sim/scenario/scenario.ts'
import {shipped} from './shipped.ts'

/**
 * The cases of docs/real-proxies.md. What was measured three times is held against the mean of `runs` seeds, so that the
 * model's own scatter is less than a quarter of that of one run, and must agree within 10 % or 2 counts. The load and the timers of
 * a scenario are those of the measurement's configuration; nothing in it was fitted to the result.
 */
const runs = 20

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

const reports = new Map<string, Report[]>()

function meanOver(name: string, of: (report: Report) => number): number {
  const known = reports.get(name) ?? Array.from({length: runs}, (_, k) => run(shipped(name), {seed: k + 1}).report)
  reports.set(name, known)
  return mean(known.map(of))
}

const agrees = (got: number, measured: number) =>
  expect(Math.abs(got - measured), `${got} in the model, ${measured} measured`).toBeLessThanOrEqual(
    Math.max(2, 0.1 * measured),
  )

const cut = (workload: string, cause: string) => (report: Report) => report.traffic[workload]!.causes[cause] ?? 0

const cases: [scenario: string, what: string, measured: number, of: (report: Report) => number][] = [
  ['haproxy-kill', 'tunnels broken', 500, cut('tunnel', 'killed')],
  ['haproxy-kill', 'short requests refused', 618, cut('short', 'no-listener')],
  ['haproxy-kill', 'short requests reset by the dying listener', 21, cut('short', 'accept-queue-closed')],
  ['haproxy-kill', 'keep-alive requests refused', 203, report => report.traffic.pool!.refused],
  ['haproxy-kill', 'uploads broken', 96, cut('upload', 'killed')],
  ['nginx-kill', 'tunnels broken', 500, cut('tunnel', 'killed')],
  ['nginx-kill', 'short requests refused', 157, cut('short', 'no-listener')],
  ['nginx-kill', 'uploads broken', 97, cut('upload', 'killed')],
  ['nginx-reload', 'disruptions', 0, report => report.disruption.count],
  ['nginx-reload-limit', 'tunnels cut', 500, cut('tunnel', 'killed-at-drain-end')],
  [
    'nginx-reload-limit',
    'short requests lost',
    0,
    report => report.traffic.short!.refused + report.traffic.short!.reset,
  ],
  ['nginx-reload-limit', 'idle connections closed', 100, report => report.connections.pool!.closedIdle],
  ['haproxy-reload', 'disruptions', 0, report => report.disruption.count],
  ['haproxy-takeover', 'tunnels cut', 500, cut('tunnel', 'killed-at-drain-end')],
  ['haproxy-takeover', 'idle connections closed', 98, report => report.connections.pool!.closedIdle],
  ['haproxy-rebind', 'tunnels cut', 500, cut('tunnel', 'killed-at-drain-end')],
  ['haproxy-rebind', 'short requests refused (5 to 12)', 8.5, cut('short', 'no-listener')],
  ['haproxy-backend-kill', 'tunnels broken', 50, cut('tunnel', 'server-killed')],
  ['haproxy-backend-kill', 'short requests lost (0 to 2)', 1, report => report.traffic.short!.failed],
  ['haproxy-backend-kill', 'uploads broken', 99, cut('upload', 'server-lost')],
  ['haproxy-backend-drain', 'short requests lost', 0, report => report.traffic.short!.failed],
  ['rolling-takeover', 'breaks per 100 tunnels', 100, report => 100 * report.connections.tunnel!.bounces.mean],
  ['rolling-takeover', 'short requests lost', 0, report => report.traffic.short!.refused + report.traffic.short!.reset],
  ['rolling-soft-stop', 'breaks per 100 tunnels', 146, report => 100 * report.connections.tunnel!.bounces.mean],
]

/** Of how many uploads in flight a drain cut how many, where the measurement says both. */
const shares: [scenario: string, cause: string, cut: number, of: number, share: number][] = [
  ['nginx-reload-limit', 'killed-at-drain-end', 74, 97, 1],
  ['haproxy-takeover', 'killed-at-drain-end', 74, 99, 1],
  ['haproxy-rebind', 'killed-at-drain-end', 73, 97, 1],
  ['haproxy-backend-drain', 'server-lost', 58, 104, 1 / 2],
  ['nginx-backend-drain', 'server-lost', 52, 99, 1 / 2],
]

describe('real proxies', () => {
  it.each(cases)('%s: %s as measured (%s)', (name, _what, measured, of) => agrees(meanOver(name, of), measured))

  it.each(shares)(
    '%s: of the uploads in flight as many are %s as measured (%s of %s)',
    (name, cause, measured, of, share) => {
      const inFlight = share * mean(Array.from({length: runs}, (_, k) => uploadsInFlight(shipped(name), k + 1)))
      agrees((of * meanOver(name, cut('upload', cause))) / inFlight, measured)
    },
  )

  it('NGINX: the dying listener resets what comes in 15 to 135 ms, at 300 per second 4.5 to 40.5 requests', () => {
    const reset = meanOver('nginx-kill', report => report.traffic.short!.reset)
    expect(reset).toBeGreaterThan(4.5)
    expect(reset).toBeLessThan(40.5)
  })

  it('NGINX: half of the tunnels are back 974 ms after the kill', () => {
    const back = Array.from({length: 4}, (_, seed) => reconnectTimes(shipped('nginx-kill'), seed + 1)).flat()
    agrees(back.sort((a, b) => a - b)[Math.floor(back.length / 2)]! / 1000, 974)
  })

  it('HAProxy: no tunnel breaks more than twice when four proxies are stopped softly in turn', () => {
    expect(run(shipped('rolling-soft-stop')).report.connections.tunnel!.bounces.max).toBe(2)
  })

  it('HAProxy: what a soft stop loses is a quarter of the rate, times the sum of the detection lags', () => {
    const totals = Array.from({length: runs}, (_, k) => lossAndLags(shipped('rolling-soft-stop'), k + 1))
    const [lost, lags] = [mean(totals.map(total => total[0])), mean(totals.map(total => total[1]))]
    agrees(lost, (300 / 4) * lags)
  })

  it('HAProxy: idle-close-on-response loses nothing to the keep-alive race', () => {
    const text = readFileSync('scenarios/keepalive-race.yaml', 'utf8')
    expect(text).toContain('idle-close-on-response')
    const {traffic} = run(shipped('keepalive-race', ['tiers.proxy.idleClose=on response'])).report
    expect(traffic.pool!.reset).toBe(0)
  })

  it('400 keep-alive clients lose K r RTT = 40 requests in the race', () => {
    agrees(meanOver('keepalive-race', cut('pool', 'idle-close-race')), 40)
  })
})

/** Uploads that are under way when the release begins. */
function uploadsInFlight(scenario: Scenario, seed: number): number {
  const {trace} = run(scenario, {seed, trace: true})
  const {at} = trace!.events.find(event => event.kind === 'release')!
  const upload = trace!.workloads.findIndex(({name}) => name === 'upload')
  const {from, to, workload, oneIn} = trace!.connections
  expect(oneIn[upload]).toBe(1)
  return from.filter((start, i) => workload[i] === upload && start <= at && to[i]! > at).length
}

/** From the moment at which a client knew to the start of the attempt that went through, µs. */
function reconnectTimes(scenario: Scenario, seed: number): number[] {
  const {trace} = run(scenario, {seed, trace: true})
  const {disruptions, connections, causes} = trace!
  const knew = new Map<number, number>()
  disruptions.client.forEach((client, i) => {
    if (causes[disruptions.cause[i]!] === 'killed' && disruptions.workload[i] === 0)
      knew.set(client, disruptions.took[i]!)
  })
  return connections.from.flatMap((at, i) => {
    const since = connections.outcome[i] === -1 ? knew.get(connections.client[i]!) : undefined
    return since === undefined ? [] : [at - since]
  })
}

/** Requests refused, and for how many seconds in all a host was in the ring that listened no more. */
function lossAndLags(scenario: Scenario, seed: number): [number, number] {
  const {report, trace} = run(scenario, {seed, trace: true})
  let lags = 0
  for (const out of trace!.events) {
    if (out.kind !== 'rotate' || out.into) continue
    const closed = trace!.events.filter(
      event =>
        event.kind === 'listen' && !event.on && trace!.actors[event.process]!.of === out.host && event.at <= out.at,
    )
    lags += (out.at - closed.at(-1)!.at) / 1e6
  }
  return [report.traffic.short!.refused, lags]
}
