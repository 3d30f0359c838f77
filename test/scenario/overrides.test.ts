import {describe, expect, test} from 'vitest'
import {accepted, errorsOf, parse, sample} from './sample.ts'

const set = (...overrides: string[]) => ({overrides})

describe('--set', () => {
  test('takes the place of a value of the file', () => {
    const {world} = accepted(sample, set('tiers.edge.hosts=7', 'traffic.web.rate=30/m'))
    expect(world.tiers.edge!.hosts).toBe(7)
    expect(world.traffic.web).toMatchObject({rate: {kind: 'constant', perSecond: 0.5}})
  })

  test('makes the maps that are missing on the way', () => {
    const {releases, world} = accepted(
      sample,
      set(
        'release.edge.options.drainTimeout=5m',
        'tiers.edge.behind={l4lb: {pick: random}}',
        'tiers.app.link.latency=1ms',
      ),
    )
    expect(releases[0]!.options).toEqual({drainTimeout: 300_000_000})
    expect(world.tiers.edge!.behind!.pick).toBe('random')
    expect(world.tiers.app!.link.latency.mean).toBe(1_000)
  })

  test('reads whole maps and lists as YAML', () => {
    const {world} = accepted(sample, set('traffic.web.service={exponential: 9ms}', 'faults=[]'))
    expect(world.traffic.web).toMatchObject({service: {kind: 'exponential', mean: 9_000}})
    expect(world.faults).toEqual([])
  })

  test('reaches into lists by number, and adds to them', () => {
    const {world} = accepted(sample, set('faults.0.at=7m', 'faults.1={host-dies: app.0, at: 1m}'))
    expect(world.faults.map(({at}) => at)).toEqual([420e6, 60e6])
  })

  test('of the same path, the last one counts', () => {
    expect(accepted(sample, set('seed=2', 'seed=3')).seed).toBe(3)
  })

  test('takes the path of an expectation for one key, whatever its dots', () => {
    const {expect: wishes} = accepted(
      sample,
      set(
        'expect.traffic.web.refused=3',
        'expect.swap.traffic.web.reset=4',
        'expect.tiers.edge.capacity.min.atLeast=90%',
      ),
    )
    expect(wishes).toEqual([
      {path: 'traffic.web.refused', is: 3, line: 0},
      {path: 'traffic.web.reset', under: 'swap', is: 4, line: 0},
      {path: 'tiers.edge.capacity.min', atLeast: 0.9, line: 0},
    ])
  })

  test('is named in place of a line when its value will not do', () => {
    expect(errorsOf(sample, set('tiers.edge.hosts=twenty'))).toEqual([
      '--set tiers.edge.hosts=twenty tiers.edge.hosts: found "twenty", wanted a whole number from 1 to 100000',
    ])
  })

  test('is named for what is missing in a map that it made', () => {
    expect(errorsOf(sample, set('tiers.new.hosts=3'))).toContain(
      '--set tiers.new.hosts=3 tiers.new.kind: found nothing, wanted one of "proxy", "server", "broker", "store", "database"',
    )
  })

  test('a path that leads nowhere is refused by the schema, and the nearest key named', () => {
    expect(errorsOf(sample, set('tiers.edge.hots=3'))).toEqual([
      '--set tiers.edge.hots=3 tiers.edge.hots: found an unknown key, wanted "hosts"',
    ])
  })

  test('does not look for a map below a text', () => {
    expect(errorsOf(sample, set('traffic.web.service.exponential=5ms'))).toEqual([
      '--set traffic.web.service.exponential=5ms traffic.web.service: found "5ms", wanted a map with exponential; set traffic.web.service as a whole',
    ])
  })

  test.each(['', 'seed', '=3', 'tiers..hosts=3', '__proto__.x=1', 'tiers.constructor.prototype.x=1'])(
    'is refused as %j',
    override => {
      expect(errorsOf(sample, set(override))).toEqual([expect.stringContaining('wanted path=value')])
      expect(({} as {x?: unknown}).x).toBeUndefined()
    },
  )

  test('is refused with a value that is no YAML, or more than the file itself may hold', () => {
    expect(errorsOf(sample, set('seed=[1', `seed=${'['.repeat(99)}`, 'seed={__proto__: 1}', 'seed=.nan'))).toEqual([
      expect.stringMatching(/^--set seed=\[1 seed: found what is no YAML/),
      expect.stringMatching(/^--set seed=\[+ seed: found lists or maps nested too deep/),
      expect.stringMatching(/seed: found the key "__proto__"/),
      expect.stringMatching(/seed: found NaN, wanted a finite number/),
    ])
  })

  test('reads only the elements that a list has', () => {
    expect(errorsOf(sample, set('faults.7.at=1m'))).toEqual([expect.stringContaining('from 0 to 1')])
  })

  test('cannot make a scenario of a file that is none', () => {
    expect(parse('', set('end=1h'))).toHaveProperty('errors')
  })

  test('shows no control characters of what was typed', () => {
    expect(errorsOf(sample, set('seed=\x1b[31m')).join()).not.toContain('\x1b')
  })
})
