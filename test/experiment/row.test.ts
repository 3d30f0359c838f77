import {expect, test} from 'vitest'
import {numberIn, resultOf} from '../../sim/experiment/row.ts'
import {run} from '../../sim/run.ts'
import {strayed} from '../../sim/scenario/report-paths.ts'
import {measureGroups} from '../../sim/words/measures.ts'
import {shipped} from '../shipped.ts'

const {report} = run(shipped('takeover-early-exit'))
const row = resultOf(report)

test('a row has every number of the report by its path, in the order of the report', () => {
  const paths = Object.keys(row.numbers)
  expect(paths.indexOf('traffic.web.started')).toBeLessThan(paths.indexOf('tiers.edge.capacity.min'))
  expect(numberIn(row, 'disruption.count')).toBe(report.disruption.count)
  expect(numberIn(row, 'tiers.edge.capacity.min')).toBe(report.tiers.edge!.capacity.min)
  for (const [name, {perHost}] of Object.entries(report.connections))
    expect(perHost.map((_, i) => numberIn(row, `connections.${name}.perHost.${i}`))).toEqual(perHost)
})

test('a row has every measure of a comparison by its name, and no two have the same', () => {
  const measures = measureGroups(Object.keys(report.traffic)).flatMap(group => group.measures)
  for (const {name, figure} of measures) expect([name, numberIn(row, name)]).toEqual([name, figure(report)])
  expect(new Set(measures.map(({name}) => name)).size).toBe(measures.length)
})

test('a measure that is called by a path of the report is that number, and no other is called so', () => {
  const keys = Object.keys(report.traffic)
  const those = {traffic: keys, connections: keys, packets: keys, posts: keys, pages: keys, jobs: keys, mqtt: keys}
  const names = {...those, behind: [], databases: []}
  const tiers = Object.keys(report.tiers)
  const measures = measureGroups(keys).flatMap(group => group.measures)
  const paths = measures.filter(
    ({name}) => strayed(name, {...names, tiers, stores: tiers, release: tiers}) === undefined,
  )
  expect(paths.map(({name}) => name)).toEqual(['disruption.fraction', ...keys.map(it => `traffic.${it}.latency.p99`)])
})

test('a cause that there was not is 0, and what nobody knows is not there', () => {
  expect(numberIn(row, 'traffic.web.causes.no-host')).toBe(0)
  expect(numberIn(row, 'traffic.web.nonsense')).toBe(undefined)
})
