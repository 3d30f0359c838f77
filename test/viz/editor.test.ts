import {describe, expect, test} from 'vitest'
import {usualWays} from '../../sim/comparison.ts'
import {checkScenario} from '../../sim/scenario/check.ts'
import {readSource} from '../../sim/scenario/parse.ts'
import {known} from '../../sim/strategies/index.ts'
import {forked, placeFor, rootOf} from '../../viz/views/editor/fork.ts'
import {nudged} from '../../viz/views/editor/nudge.ts'
import {fieldsOf} from '../../viz/worker/fields.ts'
import {outlineOf} from '../../viz/worker/outline.ts'
import {shippedText} from '../shipped.ts'

/** What the worker tells of a shipped scenario, with values set over it. */
function outlineFor(name: string, sets: readonly string[] = []) {
  const source = readSource(shippedText(name))
  if (!('root' in source)) throw new Error('no YAML')
  const checked = checkScenario(source, {
    ...{file: name, name, strategies: known, overrides: sets, readValue: readSource},
  })
  if ('errors' in checked) throw new Error(JSON.stringify(checked.errors))
  return outlineOf(checked.scenario, source.root, usualWays(checked.scenario), [])
}

describe('a step up or down', () => {
  test.each([
    ['20m', '30m', '15m'],
    ['60/s', '70/s', '50/s'],
    ['20%', '30%', '15%'],
    ['5', '6', '4'],
    ['10', '15', '9'],
    ['1.5s', '2s', '1s'],
  ])('leads from %s to %s and to %s', (value, up, down) => {
    expect([nudged(value, 1), nudged(value, -1)]).toEqual([up, down])
  })

  test('does not lead below one of what is counted, nor anywhere from what is no single number', () => {
    expect([nudged('1', -1), nudged('{exponential: 10m}', 1), nudged('1h30m', 1), nudged('none', 1)]).toEqual(
      Array(4).fill(undefined),
    )
  })

  test('leads back to where it came from', () => {
    for (const value of ['100ms', '7m', '2%', '300/s']) expect(nudged(nudged(value, 1)!, -1)).toBe(value)
  })
})

describe('the form', () => {
  test('shows what the file says, what was set over it, and defaults for the rest', () => {
    const choices = [
      {
        name: 'x',
        summary: '',
        isPreset: false,
        options: {drainTimeout: {value: '20m', about: 'how long'}, batch: {value: '20%', about: ''}},
      },
    ]
    const root = {end: '1h', release: {edge: {strategy: 'x', at: '2m', options: {batch: '5%'}}}, tiers: {}, traffic: {}}
    const values = fieldsOf(root, choices).map(({path, value}) => [path, value])
    expect(values).toEqual([
      ['release.edge.strategy', 'x'],
      ['release.edge.at', '2m'],
      ['release.edge.options.drainTimeout', '20m'],
      ['release.edge.options.batch', '5%'],
      ['end', '1h'],
    ])
  })

  test('shows first what is asked for most, then what the file sets, and calls the rest rare', () => {
    const option = {value: '1', about: ''}
    const options = {pause: option, health: option, batch: option, drainTimeout: option}
    const choices = [{name: 'x', summary: '', isPreset: false, options}]
    const root = {release: {edge: {strategy: 'x', options: {health: '2'}}}}
    const told = fieldsOf(root, choices).map(({label, isRare = false}) => [label, isRare])
    expect(told).toEqual([
      ...[
        ['strategy', false],
        ['drain timeout', false],
        ['batch', false],
      ],
      ...[
        ['health', false],
        ['pause', true],
      ],
    ])
  })

  test('every field of every shipped scenario can be set to the value that it shows', () => {
    for (const name of ['edge-release', 'zero-downtime-release', 'reconnect-storm', 'udp-takeover']) {
      const {fields} = outlineFor(name)
      expect(fields.length).toBeGreaterThan(5)
      const again = outlineFor(
        name,
        fields.map(({path, value}) => `${path}=${value}`),
      )
      expect(again.fields).toEqual(fields)
    }
  })
})

describe('a fork', () => {
  const outline = outlineFor('edge-release')
  const lane = {label: 'socket-takeover', replace: 'socket-takeover', sets: []}

  test('adds what happens to what the lane has, and says since when and what', () => {
    const killed = forked(lane, {kind: 'kill', host: 'edge.3'}, 600_000_000, outline)
    expect(killed).toEqual({
      label: 'socket-takeover, fork at 10:00',
      replace: 'socket-takeover',
      forkedAt: 600_000_000,
      sets: ['faults.0.host-dies=edge.3', 'faults.0.at=10m'],
    })
    const twice = forked(killed, {kind: 'kill', host: 'edge.4'}, 660_000_000, outline)
    expect(twice.sets.slice(2)).toEqual(['faults.1.host-dies=edge.4', 'faults.1.at=11m'])
  })

  test('is called as none of the others is, and does not repeat what it was forked from', () => {
    const kill = {kind: 'kill', host: 'edge.3'} as const
    const labels = ['socket-takeover', 'socket-takeover, fork at 10:00']
    const second = forked(lane, kill, 600_000_000, outline, labels)
    expect(second.label).toBe('socket-takeover, fork at 10:00 (2)')
    expect(forked(second, kill, 660_000_000, outline, labels).label).toBe('socket-takeover, fork at 11:00')
    const early = forked(lane, kill, 800_000, outline)
    expect([early.label, rootOf(early)]).toEqual(['socket-takeover, fork at 0:00.800', 'socket-takeover'])
  })

  test('takes the place of the last run that it is not forked from, once there are four', () => {
    expect([placeFor(3, 2), placeFor(4, 0), placeFor(4, 2), placeFor(4, 3)]).toEqual([3, 3, 3, 2])
  })

  test('is a scenario that can be run', () => {
    const halted = forked(lane, {kind: 'halt', tier: 'edge'}, 600_000_001, outline)
    const calm = forked(halted, {kind: 'jitter', workload: 'chat', jitter: 'none'}, 660_000_000, outline)
    expect(() => outlineFor('edge-release', calm.sets)).not.toThrow()
  })
})
