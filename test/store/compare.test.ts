import {expect, test} from 'vitest'
import {usualWays} from '../../sim/comparison.ts'
import {run} from '../../sim/run.ts'
import {shipped} from '../shipped.ts'

const scenario = shipped('redis-switch')
const ways = usualWays(scenario).map(({label}) => label)

test('one comparison shows the eight ways to put another primary in place', () => {
  expect(ways).toEqual([
    'maintenance-window',
    'promote-then-switch',
    'writable-replica',
    'client-pause',
    'failover',
    'sentinel-failover',
    'kill-primary',
    'dual-write',
  ])
})

test.each(ways)('%s costs what the scenario expects of it', strategy => {
  const {expect: wishes, stores, warnings} = run(scenario, {replace: strategy}).report
  expect(wishes.length).toBeGreaterThan(0)
  expect(wishes.filter(({met}) => !met)).toEqual([])
  expect(stores!.redis!.acknowledged).toBe(stores!.redis!.kept + stores!.redis!.lost + stores!.redis!.overwritten)
  expect(warnings).toEqual([])
})
