import {describe, expect, test} from 'vitest'
import {firstAfter} from '../../sim/trace/ledger.ts'
import {families} from '../../viz/recording/family.ts'
import {channels, Flow} from '../../viz/views/topology/flow.ts'
import {layoutOf} from '../../viz/views/topology/layout.ts'
import {planOf} from '../../viz/views/topology/plan.ts'
import {busiestOf, flowing, mostBroken, mostFlowing, oneIn} from '../../viz/views/topology/traffic.ts'
import {guessedWiring} from '../../viz/views/topology/wiring.ts'
import {bare, traced} from '../trace/traced.ts'
import {toldOf} from './told.ts'

const {recording} = toldOf(traced('hard-restart'))
const plan = planOf(recording, guessedWiring(recording))
const layout = layoutOf(plan, 320, 180)
const busiest = busiestOf(recording)
const workloads = recording.workloads.map((_, i) => i)
const instants = Array.from({length: 121}, (_, k) => Math.round((recording.end * k) / 120))

const flowAt = (flow: Flow, time: number): [x: number, y: number][] => {
  const dots: [number, number][] = []
  flow.flow(time, 60, busiest, (x, y) => dots.push([x, y]))
  return dots
}

describe('particles', () => {
  test('there are at most 150 on a card, and the busiest bucket has most of them', () => {
    const counts = instants.map(time => workloads.reduce((sum, it) => sum + flowing(recording, it, time, busiest), 0))
    expect(Math.max(...counts)).toBeLessThanOrEqual(mostFlowing + workloads.length)
    expect(Math.max(...counts)).toBeGreaterThanOrEqual(mostFlowing - workloads.length)
    expect(mostFlowing + workloads.length + mostBroken).toBeLessThanOrEqual(160)
  })

  test('they go with the root of the rate, and nothing flows where nothing starts', () => {
    const columns = {'web.started': [4, 16, 0, 64]}
    const quick = toldOf({...bare, end: 4e6, series: {width: 1e6, columns}}).recording
    const counts = [0, 1, 2, 3].map(second => flowing(quick, 0, second * 1e6, busiestOf(quick)))
    expect(counts).toEqual([mostFlowing / 4, mostFlowing / 2, 0, mostFlowing])
    expect(flowing(quick, 0, 0, 0)).toBe(0)
  })

  test('as many are drawn as there are, all within the card, and the same ones at the same time', () => {
    const flow = new Flow(recording, plan, layout)
    for (const time of instants) {
      const dots = flowAt(flow, time)
      expect(dots.length).toBe(workloads.reduce((sum, it) => sum + flowing(recording, it, time, busiest), 0))
      for (const [x, y] of dots) expect([x >= 0, x <= 320, y >= 0, y <= 180]).toEqual([true, true, true, true])
      expect(flowAt(flow, time)).toEqual(dots)
    }
  })

  test('they move when time does', () => {
    const flow = new Flow(recording, plan, layout)
    expect(flowAt(flow, 30_000_000)).not.toEqual(flowAt(flow, 30_400_000))
  })

  test('none goes to a host that takes no work while another of its tier does', () => {
    const flow = new Flow(recording, plan, layout)
    const edge = plan.groups.findIndex(({name}) => name === 'edge')
    const tiles = [...layout.tiles.keys()].filter(i => layout.tiles[i]!.group === edge)
    for (const i of tiles.slice(1)) flow.open[i] = 0
    const {x, y, size} = layout.tiles[tiles[0]!]!
    const {left, right} = layout.boxes[edge]!
    const inside = instants.flatMap(time => flowAt(flow, time)).filter(([at]) => at > right + 1 && at < right + 3)
    expect(inside.length).toBeGreaterThan(0)
    expect(left).toBeLessThanOrEqual(x)
    for (const [, at] of inside) expect(Math.abs(at - (y + size / 2))).toBeLessThan(size)
  })

  test('instead of them, a channel for each stretch of the way of each workload', () => {
    const ways = channels(recording, plan, layout, 0, busiest)
    expect(ways.length).toBe(plan.routes.reduce((sum, route) => sum + route.length, 0))
    for (const {from, to} of ways) expect(from.x).toBeLessThan(to.x)
  })
})

describe('what broke', () => {
  test('is shown by the power of two that is enough', () => {
    expect([0, mostBroken, mostBroken + 1, 4 * mostBroken, 4 * mostBroken + 1].map(oneIn)).toEqual([1, 1, 2, 4, 8])
  })

  test('flies off while it is recent, each in its family, and never more than there is room for', () => {
    const flow = new Flow(recording, plan, layout)
    const {at} = recording.disruptions
    let seen = 0
    for (const time of instants) {
      const ages: number[] = []
      flow.broken(time, 2, (_x, _y, family, age) => {
        ages.push(age)
        expect(families[family]).toBeDefined()
      })
      const recent = firstAfter(at, time) - firstAfter(at, time - 2.4e6)
      expect(ages.length).toBeLessThanOrEqual(mostBroken)
      expect(ages.length > 0).toBe(recent > 0)
      for (const age of ages) expect([age >= 0, age < 1]).toEqual([true, true])
      seen += ages.length
    }
    expect(seen).toBeGreaterThan(0)
  })
})
