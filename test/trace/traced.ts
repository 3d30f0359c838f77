import {exponential} from '../../sim/engine/distributions.ts'
import {minutes, seconds} from '../../sim/engine/time.ts'
import {run} from '../../sim/run.ts'
import type {Trace} from '../../sim/trace/trace.ts'
import {
  database,
  http,
  keepAlive,
  l4lb,
  proxies,
  release,
  scenario,
  servers,
  uploads,
  upstream,
  uses,
  websockets,
} from '../harness.ts'

/** A run in which everything happens that a trace can tell: both tiers are released, one to its end, and hosts die, hang and join. */
export function traced(strategy: string): Trace {
  const everything = scenario({
    end: minutes(2),
    tiers: {
      edge: proxies(4, {behind: l4lb({hosts: 2}), upstream: upstream('app'), closeTime: 50}),
      app: servers(3),
    },
    traffic: {
      web: http('app', 20, {service: exponential(5_000)}),
      pool: keepAlive('app', 30, 10),
      upload: uploads('app', 1),
      chat: websockets('edge', 600, exponential(seconds(40))),
    },
    faults: [
      {kind: 'host-dies', tier: 'edge', host: 3, at: seconds(68), lasts: seconds(20)},
      {kind: 'host-stalls', tier: 'app', host: 0, at: seconds(70), lasts: seconds(5)},
      {kind: 'l4-host-dies', tier: 'edge/l4', host: 0, at: seconds(95), lasts: seconds(5)},
    ],
    changes: [{kind: 'adds', tier: 'app', hosts: 1, at: seconds(100)}],
    release: [
      release('edge', 'socket-takeover', {drainTimeout: seconds(5), batch: 0.5}),
      {...release('app', 'graceful-drain', {drainTimeout: seconds(3)}, seconds(12)), halt: seconds(16)},
    ],
    resolution: seconds(7),
  })
  return run(everything, {seed: 3, trace: true, replace: strategy}).trace!
}

/** The columns of a database are changed. */
export function migrated(): Trace {
  const migration = scenario({
    end: minutes(1),
    tiers: {app: servers(2, {behind: l4lb(), database: uses()}), db: database()},
    traffic: {web: http('app', 20)},
    release: [release('app', 'schema-migration')],
  })
  return run(migration, {seed: 3, trace: true}).trace!
}

/** A trace of two hosts and nothing else, to which a test adds what it is about. */
export const bare: Trace = {
  $schema: 'restart-trace/1',
  exporter: 'nobody@0',
  scenario: 'bare',
  seed: 1,
  strategies: {},
  unit: 'us',
  end: 100,
  actors: [
    {name: 'edge.0', kind: 'host'},
    {name: 'edge.1', kind: 'host'},
    {name: 'edge.0#0', kind: 'process', of: 0},
    {name: 'edge.0#1', kind: 'process', of: 0},
    {name: 'edge/l4.0', kind: 'balancer'},
  ],
  workloads: [{name: 'web', kind: 'http'}],
  outcomes: ['completed', 'refused'],
  causes: ['done', 'no-listener', 'killed'],
  events: [],
  disruptions: {total: 0, cap: 9, at: [], workload: [], client: [], process: [], outcome: [], cause: [], took: []},
  connections: {oneIn: [1], cap: 9, total: 0, workload: [], client: [], process: [], from: [], to: [], outcome: []},
  series: {width: 50, columns: {'web.started': [1, 2]}},
  totals: {},
}
