import {describe, expect, test} from 'vitest'
import {becauseOf, becauseOfLife, briefly} from '../../sim/story/because.ts'
import {traced} from '../trace/traced.ts'
import {bareWith, toldBy, toldOf} from './told.ts'

const [noListener, killed] = [1, 2]
const [host, old, fresh] = [0, 2, 3]

describe('of hand-made recordings', () => {
  const told = bareWith(
    [
      {at: 0, kind: 'listen', process: old, on: true},
      {at: 0, kind: 'power', host: 1, on: false},
      {at: 5e6, kind: 'release', tier: 'edge', state: 'started'},
      {at: 5e6, kind: 'batch', tier: 'edge', hosts: [1]},
      {at: 9e6, kind: 'batch', tier: 'edge', hosts: [host]},
      {at: 9e6, kind: 'process', process: fresh, state: 'booting'},
      {at: 10e6, kind: 'sockets', from: old, to: fresh},
      {at: 10e6, kind: 'process', process: old, state: 'draining'},
      {at: 40e6, kind: 'process', process: old, state: 'gone'},
      {at: 41e6, kind: 'listen', process: fresh, on: false},
      {at: 50e6, kind: 'listen', process: fresh, on: true},
      {at: 60e6, kind: 'release', tier: 'edge', state: 'finished'},
    ],
    [
      [40e6, killed, old, 3],
      [45e6, noListener, -1, 3],
      [70e6, killed, fresh, 4],
    ],
    100e6,
  )

  test('a kill is told with the drain before it, the heir of the sockets, and the batch', () => {
    expect(toldBy(told, 'killed')).toEqual([
      '5.000 the release of edge begins',
      '9.000 batch 2 of 2 begins: edge.0',
      '10.000 edge.0#1 takes over the sockets of edge.0#0',
      '10.000 edge.0#0 begins to drain',
      '40.000 its request begins',
      '40.000 edge.0#0 is killed after a drain of 30 s',
      '40.000 refused: process killed, client 3 of web on edge.0#0, request 5 µs old',
    ])
  })

  test('who is refused hears how long nobody listens, and of what happened to it before', () => {
    expect(toldBy(told, 'no-listener')).toContain('41.000 nobody listens on edge.0 for 9 s')
    expect(toldBy(told, 'no-listener')).toContain('40.000 the same client, before: refused: process killed on edge.0#0')
  })

  test('a batch is not to blame for what happened after its release', () => {
    expect(briefly(told, 0)).toBe('refused: process killed, batch 2, request 5 µs old')
    expect(briefly(told, 2)).toBe('refused: process killed, request 5 µs old')
  })

  test('a trace that says what nobody knows is told as far as it goes', () => {
    const odd = bareWith([{at: 1, kind: 'batch', tier: 'edge', hosts: [77]}], [[5, killed, 4]])
    Object.assign(odd.recording, {causes: ['done', 'no-listener', 'solar-flare'], outcomes: []})
    expect(becauseOf(odd, 0).title).toBe('ended: solar flare')
  })
})

describe('of runs', () => {
  test('every disruption has a story, in order of time, whose last step is its end', () => {
    for (const strategy of ['hard-restart', 'graceful-drain', 'socket-takeover', 'reuseport-handover']) {
      const it = toldOf(traced(strategy))
      const {at} = it.recording.disruptions
      for (let row = 0; row < at.length; row += 7) {
        const times = becauseOf(it, row).steps.map(step => step.at)
        expect([strategy, row, ...times]).toEqual([strategy, row, ...times.toSorted((a, b) => a - b)])
        expect(times.at(-1)).toBe(at[row])
      }
    }
  })

  test('a life of the sample has the story of the disruption that ended it, or its own', () => {
    const it = toldOf(traced('hard-restart'))
    const {lives, outcomes, workloads} = it.recording
    const story = (outcome: number) =>
      becauseOfLife(
        it,
        Array.from(lives.outcome).findIndex(
          (its, row) => its === outcome && workloads[lives.workload[row]!]!.name === 'chat',
        ),
      )
    expect(story(outcomes.indexOf('reset')).title).toMatch(/^reset: /)
    expect(story(outcomes.indexOf('completed')).brief).toMatch(/^completed, session of /)
    expect(story(-1).title).toBe('open when the run ends')
  })
})
