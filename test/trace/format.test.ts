import {readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {seconds, toSeconds} from '../../sim/engine/time.ts'
import {mix32} from '../../sim/net/murmur3.ts'
import {run} from '../../sim/run.ts'
import {release, scenario} from '../harness.ts'
import {redis} from '../store/sample.ts'
import {migrated, traced} from './traced.ts'

const trace = traced('socket-takeover')
/** Of a release that has what no takeover needs. */
const paused = traced('request-pause')
/** Nodes of a store have events of their own. */
const failover = {end: seconds(30), tiers: {redis: redis(1)}, release: [release('redis', 'failover')]}
const stored = run(scenario(failover), {trace: true}).trace!
const documented = readFileSync('docs/trace.md', 'utf8')

/** Fields of the format, wherever they stand; names that a scenario gives are none. */
function fields(value: unknown, parent = ''): string[] {
  if (Array.isArray(value)) return value.flatMap(element => fields(element, parent))
  if (typeof value !== 'object' || value === null) return []
  const given = ['strategies', 'columns', 'totals'].includes(parent)
  return given ? [] : Object.entries(value).flatMap(([key, inner]) => [key, ...fields(inner, key)])
}

describe('docs/trace.md', () => {
  test('names every field of a trace', () => {
    for (const field of new Set(fields(trace))) expect(documented).toContain(`\`${field}\``)
  })

  test('names every kind of event, and the test has seen each', () => {
    const section = documented.slice(documented.indexOf('## events'), documented.indexOf('## disruptions'))
    const told = [...section.matchAll(/^\| `([a-z]+)` \| `[a-z]+`/gm)].map(([, kind]) => kind)
    const seen = [trace, paused, stored, migrated()].flatMap(({events}) => events.map(({kind}) => kind))
    expect([...new Set(seen)].toSorted()).toEqual(told.toSorted())
  })

  test('names every kind of series and of actor', () => {
    const columns = [trace, paused, migrated()]
      .flatMap(it => Object.keys(it.series.columns))
      .map(name => name.split('.').at(-1)!)
    for (const column of new Set(columns)) expect(documented).toContain(`.${column}\``)
    for (const {kind} of trace.actors) expect(documented).toContain(`\`${kind}\``)
  })
})

describe('a trace', () => {
  test('holds one client in so many, chosen by a hash of its number', () => {
    const {workload, client, oneIn} = trace.connections
    expect(oneIn).toEqual([5, 1, 1, 2])
    for (const [i, index] of workload.entries()) expect(mix32(client[i]!) % oneIn[index]!).toBe(0)
  })

  test('holds the same clients as that of another strategy, but for second connections of a pool', () => {
    const other = traced('hard-restart')
    const clients = ({connections, workloads}: typeof trace, name: string) => {
      const rows = connections.workload.map(index => workloads[index]!.name === name)
      return new Set(connections.client.filter((_, i) => rows[i]))
    }
    for (const name of ['web', 'upload', 'chat']) expect(clients(other, name)).toEqual(clients(trace, name))
    const pool = Math.min(...clients(trace, 'pool'))
    const own = (client: number) => client < pool + 30
    expect([...clients(other, 'pool')].filter(own).length).toBe(30)
    expect([...clients(trace, 'pool')].filter(own).length).toBe(30)
  })

  test('says which process lost what was killed', () => {
    const {disruptions, causes, events} = traced('hard-restart')
    const killed = disruptions.cause.flatMap((index, i) => (causes[index] === 'killed' ? [i] : []))
    const endOf = new Map(
      events.flatMap(event => (event.kind === 'process' && event.state === 'gone' ? [[event.process, event.at]] : [])),
    )
    expect(killed.length).toBeGreaterThan(100)
    expect(killed.map(i => endOf.get(disruptions.process[i]!))).toEqual(killed.map(i => disruptions.at[i]))
  })

  test('says where what is open at the end is open', () => {
    const {connections, actors, workloads, end} = trace
    const open = connections.outcome.flatMap((outcome, i) => (outcome === -1 ? [i] : []))
    const chats = open.filter(i => workloads[connections.workload[i]!]!.name === 'chat')
    expect(chats.length).toBeGreaterThan(200)
    for (const i of chats) expect([actors[connections.process[i]!]?.kind, connections.to[i]]).toEqual(['process', end])
  })

  test('tells in its series what it tells in its tables', () => {
    const {series, disruptions, totals, end} = trace
    const buckets = Math.ceil(end / series.width)
    expect(buckets).toBe(Math.ceil(120 / toSeconds(series.width)))
    for (const [name, {started}] of Object.entries(totals)) {
      const column = series.columns[`${name}.started`]!
      expect([column.length, column.reduce((a, b) => a + b, 0)]).toEqual([buckets, started])
    }
    const disrupted = Object.entries(series.columns).filter(([name]) => name.endsWith('.disrupted'))
    expect(disrupted.flatMap(([, column]) => column).reduce((a, b) => a + b, 0)).toBe(disruptions.total)
  })
})
