import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {layoutOf, neighbour, type Tile} from '../../viz/views/topology/layout.ts'
import {type Plan, planOf} from '../../viz/views/topology/plan.ts'
import {guessedWiring, type Wiring, wiringOf} from '../../viz/views/topology/wiring.ts'

interface Tier {
  readonly name: string
  readonly hosts: number
  readonly balancers: number
  readonly upstream: readonly string[]
}

const actorsOf = (tiers: readonly Tier[]) =>
  tiers.flatMap(({name, hosts, balancers}) => [
    ...Array.from({length: hosts}, (_, i) => ({name: `${name}.${i}`, kind: 'host'})),
    ...Array.from({length: balancers}, (_, i) => ({name: `${name}/l4.${i}`, kind: 'balancer'})),
  ])

const outlined = (tiers: readonly Tier[]) => tiers.map(tier => ({...tier, kind: 'proxy', cores: 1}))
const workload = (name: string, to: string, via?: string) => ({name, kind: 'http', to, ...(via && {via})})

const [edge, origin, app, broker]: [Tier, Tier, Tier, Tier] = [
  {name: 'edge', hosts: 10, balancers: 2, upstream: ['origin']},
  {name: 'origin', hosts: 10, balancers: 2, upstream: ['app', 'broker']},
  {name: 'app', hosts: 20, balancers: 0, upstream: []},
  {name: 'broker', hosts: 4, balancers: 0, upstream: []},
]
const whole = [edge, origin, app, broker]
const recorded = (tiers: readonly Tier[], names: readonly string[]) => ({
  actors: actorsOf(tiers),
  workloads: names.map(name => ({name, kind: name === 'chat' ? 'websocket' : 'http'})),
})
const columnNames = ({columns, groups}: Plan) => columns.map(column => column.map(place => groups[place]!.name))
const routeNames = ({routes, groups}: Plan) => routes.map(route => route.map(place => groups[place]!.name))

describe('wiring', () => {
  test('work comes through the outermost balancer that leads to its tier, unless it says through which', () => {
    const near = {...edge, name: 'near'}
    const workloads = [workload('web', 'app'), workload('far', 'app', 'near'), workload('chat', 'edge')]
    const {routes} = wiringOf({tiers: outlined([...whole, near]), workloads})
    expect(routes.get('web')).toEqual(['edge', 'origin', 'app'])
    expect(routes.get('far')).toEqual(['near', 'origin', 'app'])
    expect(routes.get('chat')).toEqual(['edge'])
  })

  test('of a bare trace the tiers stand behind each other, and sessions end at the first', () => {
    const {upstreams, routes} = guessedWiring(recorded([edge, app], ['web', 'chat']))
    expect([...upstreams]).toEqual([
      ['edge', ['app']],
      ['app', []],
    ])
    expect([...routes.values()]).toEqual([['edge', 'app'], ['edge']])
  })
})

describe('a plan', () => {
  const plan = planOf(
    recorded(whole, ['web', 'mqtt', 'chat']),
    wiringOf({
      tiers: outlined(whole),
      workloads: [workload('web', 'app'), workload('mqtt', 'broker'), workload('chat', 'edge')],
    }),
  )

  test('has tiers in the order in which work passes them, each behind its balancer', () => {
    expect(columnNames(plan)).toEqual([['edge/l4'], ['edge'], ['origin/l4'], ['origin'], ['app', 'broker']])
  })

  test('says what the work of each workload passes', () => {
    expect(routeNames(plan)).toEqual([
      ['edge/l4', 'edge', 'origin/l4', 'origin', 'app'],
      ['edge/l4', 'edge', 'origin/l4', 'origin', 'broker'],
      ['edge/l4', 'edge'],
    ])
  })

  test('has tiers of a trace that the scenario on the desk does not know', () => {
    const other = planOf(recorded([{...app, name: 'strange'}], []), wiringOf({tiers: outlined(whole), workloads: []}))
    expect(columnNames(other)).toEqual([['strange']])
  })
})

/** Up to 400 hosts in a chain of tiers, the last of which is two. */
const plans = fc
  .record({
    hosts: fc.array(fc.integer({min: 1, max: 80}), {minLength: 1, maxLength: 5}),
    balancers: fc.integer({min: 0, max: 8}),
    workloads: fc.integer({min: 0, max: 9}),
  })
  .map(({hosts, balancers, workloads}) => {
    const next = (i: number) => (i === hosts.length - 3 ? [`t${i + 1}`, `t${i + 2}`] : [`t${i + 1}`])
    const tiers = hosts.map((count, i) => ({name: `t${i}`, hosts: count, balancers, upstream: next(i)}))
    const names = Array.from({length: workloads}, (_, i) => `workload-${i}`)
    const wiring: Wiring = {
      upstreams: new Map(tiers.map(({name, upstream}) => [name, upstream])),
      routes: new Map(names.map(name => [name, ['t0']])),
    }
    return {plan: planOf(recorded(tiers, names), wiring), actors: actorsOf(tiers).length}
  })
const rooms = fc.record({width: fc.integer({min: 230, max: 1400}), height: fc.integer({min: 120, max: 400})})

const overlap = (a: Tile, b: Tile): boolean =>
  a.x < b.x + b.size && b.x < a.x + a.size && a.y < b.y + b.size && b.y < a.y + a.size

describe('a layout', () => {
  test('has every host and L4 host once, in its room, and no two on top of each other', () => {
    fc.assert(
      fc.property(plans, rooms, ({plan, actors}, {width, height}) => {
        const {tiles} = layoutOf(plan, width, height)
        expect(tiles.map(({actor}) => actor).toSorted((a, b) => a - b)).toEqual([...Array(actors).keys()])
        for (const {x, y, size} of tiles) {
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
          expect([x + size <= width, y + size <= height, size >= 2]).toEqual([true, true, true])
        }
        for (const a of tiles) expect(tiles.filter(b => a !== b && overlap(a, b))).toEqual([])
      }),
      {numRuns: 60},
    )
  })

  test('has columns from left to right as work flows, with room between them', () => {
    fc.assert(
      fc.property(plans, rooms, ({plan}, {width, height}) => {
        const {boxes, sources} = layoutOf(plan, width, height)
        const lefts = plan.columns.map(column => boxes[column[0]!]!.left)
        const rights = plan.columns.map(column => boxes[column[0]!]!.right)
        for (const {x} of sources) expect(x).toBeLessThan(lefts[0]!)
        lefts.slice(1).forEach((left, i) => expect(left).toBeGreaterThan(rights[i]!))
      }),
      {numRuns: 60},
    )
  })

  test('makes tiles as large as there is room for', () => {
    const plan = planOf(recorded([edge, app], []), guessedWiring(recorded([edge, app], [])))
    const sizes = [170, 260, 400].map(width => Math.max(...layoutOf(plan, width, 170).tiles.map(({size}) => size)))
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b))
    expect(sizes[0]).toBeLessThan(sizes[2]!)
  })
})

test('the arrow keys lead from any host to any other', () => {
  const plan = planOf(recorded(whole, ['web']), guessedWiring(recorded(whole, ['web'])))
  const {tiles} = layoutOf(plan, 320, 180)
  const ways = [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const
  const reached = new Set([0])
  for (const at of reached) for (const [dx, dy] of ways) reached.add(neighbour(tiles, at, dx, dy))
  expect(reached.size).toBe(tiles.length)
  expect(neighbour(tiles, 0, -1, 0)).toBe(0)
})
