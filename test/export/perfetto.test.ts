import {expect, test} from 'vitest'
import {perfettoOf, type TraceEvent} from '../../sim/export/perfetto.ts'
import {run} from '../../sim/run.ts'
import {clientId} from '../../sim/story/clients.ts'
import {shipped} from '../shipped.ts'

const scenes = ['rolling-soft-stop', 'dead-host', 'backlog', 'l4-restart', 'takeover-unread-socket']
const traced = (name: string) => run(shipped(name), {trace: true}).trace!

/** The slices of each track, in the order of the file. */
function tracks(events: readonly TraceEvent[]): TraceEvent[][] {
  const found = new Map<string, TraceEvent[]>()
  for (const event of events.filter(({ph}) => ph === 'X')) {
    const track = `${event.pid}/${event.tid}`
    found.set(track, [...(found.get(track) ?? []), event])
  }
  return [...found.values()]
}

test.each(scenes)('in a run of %s slices of a track lie in each other or apart, and last', name => {
  for (const track of tracks(perfettoOf(traced(name)).traceEvents)) {
    const open: number[] = []
    for (const {ts, dur = 0} of track) {
      while (open.length > 0 && open.at(-1)! <= ts) open.pop()
      expect(dur).toBeGreaterThan(0)
      expect(ts + dur).toBeLessThanOrEqual(open.at(-1) ?? Number.POSITIVE_INFINITY)
      open.push(ts + dur)
    }
  }
})

test.each(scenes)('in a run of %s every slice and instant is on a track that has a name', name => {
  const {traceEvents} = perfettoOf(traced(name))
  const named = new Set(traceEvents.filter(it => it.name === 'thread_name').map(({pid, tid}) => `${pid}/${tid}`))
  const placed = traceEvents.filter(({ph}) => ph === 'X' || ph === 'i')
  expect(placed.length).toBeGreaterThan(5)
  expect(placed.filter(({pid, tid}) => !named.has(`${pid}/${tid}`))).toEqual([])
})

test('all disruptions of a trace are instants, and its series come back from the counters', () => {
  const trace = traced('rolling-soft-stop')
  const {traceEvents} = perfettoOf(trace)
  const instants = traceEvents.filter(({ph}) => ph === 'i')
  expect(instants.map(({ts}) => ts)).toEqual(trace.disruptions.at)
  const clients = instants.map(({args}) => String(args!.client))
  const {workload, client} = trace.disruptions
  expect(clients).toEqual(client.map((number, row) => clientId(trace, workload[row]!, number)))
  expect(clients[0]).toMatch(/^[a-z]+:\d{1,6}$/)
  const changes = traceEvents.filter(({ph, name}) => ph === 'C' && name === 'proxy.capacity')
  const values = trace.series.columns['proxy.capacity']!
  const at = (ts: number) => changes.findLast(change => change.ts <= ts)!.args!.value
  expect(values.map((_, k) => at(k * trace.series.width))).toEqual(values)
})

test('what befalls a host is told on a track of its own: when it has no power, and when it is out of rotation', () => {
  const {traceEvents} = perfettoOf(traced('dead-host'))
  const slices = traceEvents.filter(({ph, name}) => ph === 'X' && /power|rotation/.test(name))
  expect(slices.map(({name, ts}) => [name, ts >= 20e6])).toEqual([
    ['no power', true],
    ['out of rotation', true],
  ])
  expect(new Set(slices.map(({tid}) => tid)).size).toBe(2)
})
