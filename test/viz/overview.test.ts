import {describe, expect, test} from 'vitest'
import {run} from '../../sim/run.ts'
import {count} from '../../sim/words/figures.ts'
import {laneOf, ready} from '../../viz/desk/run.ts'
import {families} from '../../viz/recording/family.ts'
import {recordingOf} from '../../viz/recording/recording.ts'
import {forked} from '../../viz/views/editor/fork.ts'
import {traceQuestion, traceTitle} from '../../viz/views/heading.ts'
import {
  forkWords,
  occurring,
  releasedTiers,
  soFar,
  standingOf,
  totalOf,
  totalWords,
} from '../../viz/views/overview/standing.ts'
import {http, l4lb, proxies, release, scenario} from '../harness.ts'
import {traced} from '../trace/traced.ts'

const played = (strategy: string) => {
  const it = scenario({
    end: 60_000_000,
    tiers: {edge: proxies(4, {behind: l4lb()})},
    traffic: {web: http('edge', 40)},
    release: [release('edge', strategy, {batch: 0.5}, 10_000_000)],
  })
  const {trace, report} = run(it, {trace: true})
  return ready({label: strategy, sets: []}, recordingOf(trace!), report)
}
const [killed, handed] = [played('hard-restart'), played('socket-takeover')]

test('what has broken so far grows from none to all, which is what the report says', () => {
  const counts = Array.from({length: 61}, (_, k) => soFar(killed, (killed.recording.end * k) / 60))
  expect(counts[0]).toBe(0)
  expect(counts).toEqual(counts.toSorted((a, b) => a - b))
  expect(counts.at(-1)).toBe(killed.report!.disruption.count)
  expect(totalOf(killed)).toBeGreaterThan(0)
  expect(totalWords(killed)).toMatchObject({
    total: `${count(totalOf(killed))} by the end`,
    share: expect.stringMatching(/^, [\d.]+\s%$/),
  })
})

test('of a trace without a report all that it holds is told, with the share that its totals tell, if they do', () => {
  const opened = ready(killed.lane, killed.recording, undefined)
  expect(totalWords(opened)).toEqual(totalWords(killed))
  const untold = ready(killed.lane, {...killed.recording, totals: {}}, undefined)
  expect(totalWords(untold)).toEqual({...totalWords(killed), share: ''})
})

describe('a trace from a file', () => {
  const strategies = {edge: 'socket-takeover', app: 'graceful-drain', l4: 'graceful-drain'}

  test('is called by its strategies, and by its file if it has none', () => {
    expect(laneOf('a/run.json.gz', {strategies}, [])).toEqual({
      label: 'socket-takeover + graceful-drain',
      sets: [],
      file: 'run.json.gz',
    })
    expect(laneOf('run.json', {strategies: {}}, []).label).toBe('run')
  })

  test('is told from another of the same strategy by its file', () => {
    expect(laneOf('two.json', {strategies: {edge: 'hard-restart'}}, [killed]).label).toBe('hard-restart, two')
  })

  test('is headed by what its scenario is called and asks, and the file, as far as it tells', () => {
    const {title, question, ...untitled} = killed.recording
    const opened = ready({label: 'a', sets: [], file: 'a.json'}, killed.recording, undefined)
    const older = ready({label: 'b', sets: [], file: 'b.json.gz'}, untitled, undefined)
    expect([traceTitle([opened]), traceTitle([older]), traceTitle([])]).toEqual([title, untitled.scenario, undefined])
    expect(traceQuestion([opened, older])).toBe(`${question} Replayed from a.json and b.json.gz.`)
    expect(traceQuestion([older])).toBe('Replayed from b.json.gz.')
  })
})

test('cards have a row for each family that any of the runs has', () => {
  expect(occurring([handed])).toEqual([])
  expect(occurring([handed, killed]).map(family => families[family])).toContain('refused')
})

test('capacity and the release stand as they do at that time', () => {
  expect(releasedTiers(killed)).toEqual(['edge'])
  expect(standingOf(killed, 'edge', 0)).toEqual({capacity: 1, fresh: 0, hosts: 4, isHalted: false})
  expect(standingOf(killed, 'edge', 10_500_000).capacity).toBeLessThan(1)
  expect(standingOf(killed, 'edge', 60_000_000)).toMatchObject({fresh: 4, hosts: 4})
})

test('a release that was called off says so from then on', () => {
  const opened = ready({label: 'file.json', sets: []}, recordingOf(traced('hard-restart')), undefined)
  expect([15, 17].map(second => standingOf(opened, 'app', second * 1e6).isHalted)).toEqual([false, true])
})

test('a fork tells in words what it was forked from and what happens to it, again and again', () => {
  const outline = {faults: 1, changes: 0}
  const lane = {label: 'socket-takeover', sets: ['end=2h']}
  const dead = forked(lane, {kind: 'kill', host: 'edge.0'}, 180e6, outline)
  expect(forkWords(dead)).toBe('as socket-takeover until 3:00, then edge.0 dies; end=2h')
  const calm = forked(dead, {kind: 'jitter', workload: 'chat', jitter: 'none'}, 240e6, outline)
  const halted = forked(calm, {kind: 'halt', tier: 'edge'}, 300e6, outline)
  expect(forkWords({...halted, sets: halted.sets.slice(1)})).toBe(
    'as socket-takeover until 3:00, then edge.0 dies; at 4:00 chat with jitter none; at 5:00 release of edge halted',
  )
})

test('a change that no fork makes stands as it was written', () => {
  const lane = {label: 'socket-takeover', sets: []}
  expect(forkWords(lane)).toBeUndefined()
  expect(forkWords({...lane, forkedAt: 724e6, sets: ['release.edge.options.batch=10%']})).toBe(
    'forked at 12:04: release.edge.options.batch=10%',
  )
  expect(forkWords({...lane, sets: ['end=2h', 'seed=3']})).toBe('changed: end=2h, seed=3')
})
