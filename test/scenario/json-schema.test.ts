import {readdirSync, readFileSync} from 'node:fs'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {parse as parseYaml} from 'yaml'
import {jsonSchema} from '../../sim/scenario/json-schema.ts'
import {starter} from '../../sim/scenario/starter.ts'
import {known as shipped} from '../../sim/strategies/index.ts'
import {accepts, everySchema} from './json-schema-checker.ts'
import {parse, sample, strategies} from './sample.ts'

const plain = (schema: unknown): Readonly<Record<string, unknown>> => JSON.parse(JSON.stringify(schema))
const schema = plain(jsonSchema(strategies))
const shippedSchema = plain(jsonSchema(shipped))

describe('the JSON Schema of scenarios', () => {
  test('is docs/scenario.schema.json', async () => {
    await expect(`${JSON.stringify(jsonSchema(shipped), null, 2)}\n`).toMatchFileSnapshot(
      '../../docs/scenario.schema.json',
    )
  })

  test('says something of every key', () => {
    const maps = [...everySchema(schema)].filter(({schema: it}) => it.type === 'object' && 'properties' in it)
    expect(maps.length).toBeGreaterThan(20)
    for (const {path, schema: map} of maps)
      for (const [key, property] of Object.entries(map.properties as Record<string, {description?: string}>))
        expect(property.description, `${path}/${key}`).toMatch(/^.{3,}[.…}]$/u)
  })

  test('allows no key that it does not know', () => {
    for (const {path, schema: it} of everySchema(schema))
      if (it.type === 'object' && !path.endsWith('/properties')) expect(it.additionalProperties, path).toBeDefined()
    expect(accepts(schema, {...parseYaml(sample), sede: 1})).toBe(false)
  })

  test('tells the defaults, as a file would', () => {
    const defaults = [...everySchema(schema)]
      .filter(({path}) => /tiers.*keepAlive$/.test(path))
      .map(it => it.schema.default)
    expect(new Set(defaults)).toEqual(new Set(['75s']))
  })

  test('knows the strategies, and the options of each', () => {
    const with_ = (release: unknown) => accepts(schema, {...parseYaml(sample), release: {edge: release}})
    expect(with_({strategy: 'swap', at: '1m', options: {batch: 3, drainTimeout: 'none'}})).toBe(true)
    expect(with_({strategy: 'pull', at: '1m', options: {batch: 3}})).toBe(false)
    expect(with_({strategy: 'push', at: '1m'})).toBe(false)
    const about = [...everySchema(schema)].find(({path}) => path.endsWith('options/properties/drainTimeout'))
    expect(about?.schema.description).toBe('Longest drain. Default: 20m.')
  })

  test.each([
    {end: '1 h'},
    {end: 3600},
    {seed: -1},
    {tiers: {}},
    {tiers: {'a b': {kind: 'server', hosts: 1}}},
    {tiers: {a: {kind: 'server', hosts: 0}}},
    {tiers: {a: {kind: 'server', hosts: 1, upstream: {to: 'a'}}}},
    {traffic: {web: {kind: 'http', to: 'app', rate: '5', service: '5ms'}}},
    {traffic: {web: {kind: 'http', to: 'app', rate: '5/s', service: {exponentail: '5ms'}}}},
    {faults: [{'host-dies': 'edge', at: '1m'}]},
    {expect: {'traffic.web.refused': 'none'}},
  ])('refuses %j, as zdr does', part => {
    const file = {...parseYaml(sample), ...part}
    expect(accepts(schema, file)).toBe(false)
    expect(parse(JSON.stringify(file))).toHaveProperty('errors')
  })

  test('accepts every scenario that is shipped, and the starter file', () => {
    const files = readdirSync('scenarios').filter(name => name.endsWith('.yaml'))
    expect(files.length).toBeGreaterThan(0)
    for (const name of files) {
      const text = readFileSync(`scenarios/${name}`, 'utf8')
      expect(accepts(shippedSchema, parseYaml(text)), name).toBe(true)
      expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/docs\/scenario\.schema\.json\n/)
    }
    expect(accepts(shippedSchema, parseYaml(starter))).toBe(true)
  })

  test('accepts whatever zdr accepts', () => {
    const laws = [
      '5ms',
      {exponential: '5ms'},
      {uniform: {from: '0s', to: '1s'}},
      {empirical: ['1s']},
      {pareto: {minimum: '1s', shape: 2}},
    ]
    const law = fc.constantFrom<unknown>(
      ...laws,
      {mixture: [{weight: '100%', of: '1s'}]},
      {gamma: {mean: '1s', shape: 3}},
    )
    const rate = fc.constantFrom<unknown>('5/s', '0.5/m', {points: [['0s', '1/s']]}, {day: {mean: '5/s', swing: '10%'}})
    const file = fc.record({
      service: law,
      rate,
      link: law,
      patience: fc.oneof(fc.constant('none'), law),
      lifetime: law,
      boot: law,
    })
    const agrees = fc.property(file, ({lifetime, boot, ...request}) => {
      const scenario = parseYaml(sample)
      Object.assign(scenario.traffic.web, request)
      Object.assign(scenario.traffic.chat, {lifetime})
      Object.assign(scenario.tiers.app, {boot})
      return 'scenario' in parse(JSON.stringify(scenario)) && accepts(schema, scenario)
    })
    fc.assert(agrees, {numRuns: 100})
  })
})
