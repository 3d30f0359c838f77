import type {Finding} from '../../sim/lint/finding.ts'
import {lint} from '../../sim/lint/lint.ts'
import {parseScenario} from '../../sim/scenario/parse.ts'
import type {Scenario} from '../../sim/scenario/scenario.ts'
import {known} from '../../sim/strategies/index.ts'

/** A release of each sort by which nothing is wrong, for tests to put something wrong into it. */
const sound = `
end: 20m
tiers:
  pods: {kind: proxy, hosts: 8, boot: 5s, cpu: {handshake: 1ms, request: 0s}, link: 50ms, behind: {l4lb: {probe: {interval: 5s, fall: 3, rise: 2}}}}
  edge:
    kind: proxy
    hosts: 10
    boot: {time: 5s, cores: 0, warmup: 60s, slowdown: 2}
    cpu: {handshake: 1ms, request: 0s}
    keepAlive: 1h
    link: 50ms
    udp: {sockets: 4, serverId: false}
    behind: {l4lb: {udpTimeout: 30s, probe: {interval: 5s, fall: 3, rise: 2}}}
  shop:
    kind: server
    hosts: 4
    boot: 5s
    link: 50ms
    behind: {l4lb: {probe: {interval: 5s, fall: 3, rise: 2}}}
    database: {to: db, table: users, pool: 10, versions: [{reads: [a], writes: [a]}, {reads: [a], writes: [a, b]}, {reads: [b], writes: [a, b]}, {reads: [b], writes: [b]}]}
  db: {kind: database, maxConnections: 50, tables: {users: {rows: 100, columns: [a]}}}
  broker: {kind: broker, hosts: 4, cores: 4, session: {cpu: 1ms}, behind: l4lb}
  workers: {kind: server, hosts: 4}
  redis: {kind: store, hosts: 1, store: {lag: 1s}}
traffic:
  app: {kind: commands, to: redis, hosts: 4, writes: 10/s}
  mail: {kind: job, to: workers, rate: 1/s, duration: {exponential: 1m}}
  api: {kind: http, to: pods, rate: 10/s, service: 1s}
  web: {kind: http, to: edge, rate: 10/s, service: 1s}
  pool: {kind: keep-alive, to: edge, connections: 1000, rate: 10/s, service: 1ms}
  chat: {kind: websocket, to: edge, connections: 1000, lifetime: 10m}
  quic: {kind: quic, to: edge, connections: 100, lifetime: 10m, packet: 5s}
  mqtt: {kind: mqtt, to: broker, connections: 100, lifetime: 10m}
release:
  pods:
    strategy: rolling-update
    at: 1m
    options: {propagation: {uniform: {from: 0s, to: 2s}}, preStop: 5s, terminationGracePeriod: 30s}
  shop: {strategy: schema-migration, at: 1m, options: {surge: 1, unavailable: 0, propagation: 0s, preStop: 1s}}
  workers: {strategy: graceful-drain, at: 1m, options: {leaveFirst: false, drainTimeout: 30s}}
  redis: {strategy: client-pause, at: 1m, options: {writePause: 1m, clientsMove: 30s}}
  edge: {strategy: graceful-drain, at: 1m, options: {batch: 20%, drainTimeout: 10m}}
`

export const soundWith = (...overrides: readonly string[]): Scenario => scenarioOf(sound, overrides)

export function scenarioOf(text: string, overrides: readonly string[]): Scenario {
  const parsed = parseScenario(text, {file: 'sample.yaml', name: 'sample', strategies: known, overrides})
  if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors))
  return parsed.scenario
}

export const findingsOf = (scenario: Scenario): readonly Finding[] => lint(scenario, known)

/** The rules that find something, each as often as it does. */
export const rulesAt = (...overrides: readonly string[]): string[] =>
  findingsOf(soundWith(...overrides)).map(({rule}) => rule)
