import {expect, test} from 'vitest'
import {usualWays} from '../sim/comparison.ts'
import {seconds} from '../sim/engine/time.ts'
import {run} from '../sim/run.ts'
import {http, type Play, proxies, release, scenario, servers} from './harness.ts'
import {shipped} from './shipped.ts'

const labels = (name: string) => usualWays(shipped(name)).map(({label}) => label)
const proxyClassics = ['hard-restart', 'graceful-drain', 'reuseport-handover', 'socket-takeover']

/** Two tiers, of which a test says how they are released. */
const two = (releases: Play['release']) =>
  scenario({
    end: seconds(30),
    tiers: {edge: proxies(2), app: servers(2, {behind: proxies(2).behind!})},
    traffic: {web: http('edge', 5)},
    ...(releases && {release: releases}),
  })

test('the classics are compared, and the way of the scenario among them in the order of a table', () => {
  expect(labels('edge-release')).toEqual(proxyClassics)
  expect(labels('app-release')).toEqual([...proxyClassics, 'partial-post-replay'])
})

test('a balancer is restarted in its own way only', () => {
  expect(labels('l4-restart')).toEqual(['l4-restart'])
})

test('a change of a schema is compared with the other ways of making it', () => {
  expect(labels('rename-column')).toEqual(['schema-migration', 'rename-in-one-step', 'drop-before-code'])
})

test('tiers that are released in different ways have a column as written, before all others', () => {
  const ways = usualWays(two([release('edge', 'socket-takeover'), release('app', 'rolling-update')]))
  expect(ways).toEqual([{label: 'as written'}, ...proxyClassics.map(name => ({label: name, replace: name}))])
})

test('the same way for every tier is one way', () => {
  const ways = usualWays(two([release('edge', 'hard-restart'), release('app', 'hard-restart')]))
  expect(ways.map(({label}) => label)).toEqual(proxyClassics)
})

test('where nothing is released there is one way, as written', () => {
  expect(usualWays(two([]))).toEqual([{label: 'as written'}])
})

test('whatever is compared can be run under its label', () => {
  const it = two([release('edge', 'socket-takeover'), release('app', 'rolling-update')])
  for (const {label, replace} of usualWays(it)) {
    const {strategies} = run(it, replace === undefined ? {} : {replace}).report
    expect(new Set(Object.values(strategies))).toEqual(
      new Set(replace === undefined ? ['socket-takeover', 'rolling-update'] : [label]),
    )
  }
})
