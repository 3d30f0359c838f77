import fc from 'fast-check'
import {expect, test} from 'vitest'
import {run} from '../../sim/run.ts'
import {recordingOf} from '../../viz/recording/recording.ts'
import {traceOf} from '../../viz/recording/trace.ts'
import {shipped} from '../shipped.ts'
import {bare, traced} from '../trace/traced.ts'

test.each(['hard-restart', 'socket-takeover'])('a recording of a run by %s is turned back into the same file', name => {
  const trace = traced(name)
  expect(JSON.stringify(traceOf(recordingOf(trace)))).toBe(JSON.stringify(trace))
})

test.each(['haproxy-backend-kill', 'nginx-kill', 'keepalive-race'])('so is one of %s', name => {
  const trace = run(shipped(name), {trace: true}).trace!
  expect(JSON.stringify(traceOf(recordingOf(trace)))).toBe(JSON.stringify(trace))
})

test('numbers are as exact as they were', () => {
  const columns = fc.dictionary(fc.string(), fc.array(fc.double({noNaN: true}), {maxLength: 2, minLength: 2}))
  fc.assert(
    fc.property(columns, fc.maxSafeInteger(), (series, client) => {
      const trace = {
        ...bare,
        series: {width: 50, columns: series},
        connections: {
          ...bare.connections,
          workload: [0],
          client: [client],
          process: [2],
          from: [0],
          to: [9],
          outcome: [-1],
        },
      }
      expect(traceOf(recordingOf(trace))).toEqual(trace)
    }),
  )
})

test('events of a kind that is not known are left out, and nothing else', () => {
  const event = {at: 1, kind: 'power', host: 0, on: false} as const
  const foreign = {at: 2, kind: 'earthquake'} as unknown as typeof event
  expect(traceOf(recordingOf({...bare, events: [event, foreign]})).events).toEqual([event])
})
