import {expect, test} from 'vitest'
import {plain} from '../../viz/views/share/file.ts'
import {csvOf, disruptionTable, eventTable, jsonOf, seriesTable} from '../../viz/views/share/tables.ts'
import {traced} from '../trace/traced.ts'
import {bareWith, toldOf} from './told.ts'

const told = bareWith(
  [
    {at: 10, kind: 'batch', tier: 'edge', hosts: [0, 1]},
    {at: 20, kind: 'sockets', from: 2, to: 3},
    {at: 90, kind: 'power', host: 1, on: false},
  ],
  [
    [30, 2, 2, 5],
    [95, 1, -1, 6],
  ],
)
const whole = {from: 0, to: 100}

test('disruptions are told with names, units in the head, and those of the window alone', () => {
  const head = 'at (µs),workload,client,process,family,outcome,cause,took (µs)'
  expect(csvOf(disruptionTable(told, whole)).split('\r\n')).toEqual([
    head,
    '30,web,5,edge.0#0,refused,refused,killed,5',
    '95,web,6,,refused,refused,no-listener,5',
    '',
  ])
  expect(csvOf(disruptionTable(told, {from: 31, to: 94}))).toBe(`${head}\r\n`)
})

test('what the page counts as cut at drain end is told apart from other resets', () => {
  const cut = toldOf(traced('socket-takeover'))
  const [family, cause] = ['family', 'cause'].map(
    name => disruptionTable(cut, {from: 0, to: 120e6}).columns.find(it => it.name === name)!.values,
  )
  const atDrainEnd = family!.map((_, row) => row).filter(row => cause![row] === 'killed-at-drain-end')
  expect(atDrainEnd.length).toBeGreaterThan(0)
  expect(family!.map((_, row) => row).filter(row => family![row] === 'cut at drain end')).toEqual(atDrainEnd)
})

test('events have a column for each field, and a sentence', () => {
  const {columns} = eventTable(told, {from: 0, to: 50})
  const row = (k: number) =>
    Object.fromEntries(columns.flatMap(({name, values}) => (values[k] === undefined ? [] : [[name, values[k]]])))
  expect(row(0)).toEqual({at: 10, kind: 'batch', tier: 'edge', hosts: 'edge.0 edge.1', what: expect.any(String)})
  expect(row(1)).toMatchObject({from: 'edge.0#0', to: 'edge.0#1', what: 'edge.0#1 takes over the sockets of edge.0#0'})
  expect(columns.every(({values}) => values.length === 2)).toBe(true)
})

test('series are those of the buckets that the window touches', () => {
  const [from, to, started] = seriesTable(told, {from: 60, to: 70}).columns
  expect([from, to, started].map(it => it?.values)).toEqual([[50], [100], [2]])
  expect(seriesTable(toldOf(traced('hard-restart')), {from: 0, to: 120e6}).columns[0]!.values).toHaveLength(18)
})

test('a text with commas and quotes stays one cell, and none is taken for a formula', () => {
  const table = {
    name: 'odd',
    columns: [{name: 'a,b', unit: 's', values: ['say "no"', '=1+1', '-x', 'two\nlines', undefined, -5]}],
  }
  expect(csvOf(table)).toBe(['"a,b (s)"', '"say ""no"""', "'=1+1", "'-x", '"two\nlines"', '', '-5', ''].join('\r\n'))
})

test('as JSON each table is by column, with its units beside', () => {
  const json = JSON.parse(
    jsonOf({recording: told.recording, lane: {label: 'mine', sets: []}}, whole, [disruptionTable(told, whole)]),
  )
  expect(json).toMatchObject({run: 'mine', scenario: 'bare', seed: 1, ...whole})
  expect(json.disruptions).toMatchObject({
    units: {at: 'µs', took: 'µs'},
    columns: {at: [30, 95], process: ['edge.0#0', null]},
  })
})

test('names of files have nothing in them that leads elsewhere', () => {
  expect(['../../etc', 'a b/c', '.hidden', 'Müller 7', 'x'.repeat(99)].map(plain)).toEqual([
    'etc',
    'a-b-c',
    'hidden',
    'Müller-7',
    'x'.repeat(60),
  ])
})
