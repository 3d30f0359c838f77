import {expect, test} from 'vitest'
import {readTrace} from '../../sim/trace/verify.ts'
import {bare, traced} from './traced.ts'

const text = JSON.stringify(bare)
const problem = (changed: object) => readTrace(JSON.stringify({...bare, ...changed}))

test('a trace is read as it was written', () => {
  const trace = traced('reuseport-handover')
  expect(readTrace(JSON.stringify(trace))).toEqual({trace})
})

test('wherever a file is cut off, it is said to be cut short', () => {
  for (let length = 1; length < text.length; length += 7)
    expect(readTrace(text.slice(0, length))).toEqual({problem: 'it is cut short, or is no JSON'})
})

test('what is no trace is told from a trace of a later version', () => {
  expect(readTrace('a,b,c')).toEqual({problem: 'it is no JSON'})
  expect(readTrace('[1, 2]')).toEqual({problem: 'it is no trace: a trace is a JSON object'})
  expect(readTrace('{"a": 1}')).toEqual({problem: 'it is no trace: it has no $schema'})
  expect(problem({$schema: 'zdr-report/1'})).toEqual({problem: 'it is no trace but "zdr-report/1"'})
  expect(problem({$schema: 'restart-trace/2'})).toEqual({
    problem: 'it is in version 2 of the format, and this program reads version 1',
  })
})

test.each([
  ['events is missing', {events: undefined}],
  ['title is not what it should be', {title: 7}],
  ['question is not what it should be', {question: null}],
  ['unit is not what it should be', {unit: 'ms'}],
  ['actors[0] has no name or no kind', {actors: [{name: 'edge.0'}]}],
  ['actors[0] is a process of no host', {actors: [{name: 'p', kind: 'process', of: 0}]}],
  ['events[0] has no kind', {events: [{at: 1}]}],
  [
    'events[1] is not between the one before it and the end',
    {
      events: [
        {at: 2, kind: 'x'},
        {at: 1, kind: 'x'},
      ],
    },
  ],
  ['events[0] is not between the one before it and the end', {events: [{at: 101, kind: 'x'}]}],
  ['events[0].process is no process', {events: [{at: 1, kind: 'listen', process: 0, on: true}]}],
  ['events[0].host is no host', {events: [{at: 1, kind: 'power', host: 9, on: true}]}],
  ['events[0].process is no process', {events: [{at: 1, kind: 'process', state: 'serving'}]}],
  ['events[0].from is no process', {events: [{at: 1, kind: 'sockets'}]}],
  ['events[0].hosts is no hosts', {events: [{at: 1, kind: 'batch', tier: 'edge', hosts: [9]}]}],
  ['causes[0] has no name that can be told', {causes: ['__proto__']}],
  ['workloads[0] has no name that can be told', {workloads: [{kind: 'http'}]}],
  ['series is not what it should be', {series: {width: 0, columns: {}}}],
  [
    'connections.oneIn has not one number for each of the workloads',
    {connections: {...bare.connections, oneIn: 'one'}},
  ],
  ['disruptions.total is no number of rows', {disruptions: {...bare.disruptions, total: '3'}}],
  [
    'disruptions.cause points at what is not there',
    {
      disruptions: {
        ...bare.disruptions,
        at: [1],
        workload: [0],
        client: [0],
        process: [-1],
        outcome: [0],
        cause: [-1],
        took: [1],
      },
    },
  ],
  [
    'events[0] names a host that is still to join',
    {
      actors: [{name: 'edge.0', kind: 'host'}],
      events: [
        {at: 1, kind: 'power', host: 0, on: false},
        {at: 2, kind: 'pool', tier: 'edge', host: 0, joins: true},
      ],
    },
  ],
  [
    'disruptions.took is missing, or not as long as the columns beside it',
    {disruptions: {...bare.disruptions, took: [1]}},
  ],
  [
    'connections.outcome points at what is not there',
    {connections: {...bare.connections, workload: [0], client: [0], process: [-1], from: [0], to: [1], outcome: [2]}},
  ],
  [
    'series.columns.web.started has not one value for each of 2 buckets',
    {series: {width: 50, columns: {'web.started': [1]}}},
  ],
])('%s', (sentence, change) => {
  expect(problem(change)).toEqual({problem: sentence})
})

test('fields and events that are not known yet are no problem', () => {
  const events = [{at: 1, kind: 'eclipse', of: 'the sun'}]
  expect(problem({moon: true, events})).toHaveProperty('trace.moon', true)
})
