import {readdirSync, readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {explainRun} from '../../sim/cli/explain/run.ts'
import {explainTrace} from '../../sim/cli/explain/trace.ts'
import {tellable} from '../../sim/cli/explain/wanted.ts'
import {Simulation} from '../../sim/cli/simulation.ts'
import {type Cause, causes} from '../../sim/net/events.ts'
import {causeInWords} from '../../sim/words/causes.ts'

const simulationOf = (scenario: string, set: readonly string[] = []) =>
  Simulation.prepare({scenario, strategies: [], set})

/** For each cause that ends something in a shipped scenario, the one in which least happens otherwise. */
function scenes(): [cause: Cause, scenario: string][] {
  const reports = readdirSync('test/golden').map(file => JSON.parse(readFileSync(`test/golden/${file}`, 'utf8')))
  const workloads = (report: {traffic: object}) => Object.values(report.traffic)
  const started = (report: {traffic: object}) => workloads(report).reduce((sum, it) => sum + it.started, 0)
  const quietFirst = reports.toSorted((a, b) => started(a) - started(b))
  return tellable.flatMap(cause => {
    const scene = quietFirst.find(report => workloads(report).some(it => it.causes[cause] > 0))
    return scene === undefined ? [] : [[cause, scene.scenario] as [Cause, string]]
  })
}

describe.each(scenes())('%s, as in %s', (cause, scenario) => {
  test('is the end of a chain whose times rise, and says what would help', async () => {
    const {story, remedy, ...told} = explainRun(await simulationOf(scenario), undefined, {
      worst: false,
      cause: causes.indexOf(cause),
    })!
    expect(told.cause).toBe(cause)
    const times = story.steps.map(({at}) => at)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(story.steps.length).toBeGreaterThan(1)
    expect(story.steps.at(-1)!.text).toContain(`: ${causeInWords(cause).words}, client `)
    expect(remedy.at(-1)).toBe(`What helps: ${causeInWords(cause).advice}.`)
  })
})

test('shipped scenarios show most of the causes that there are', () => {
  expect(scenes().length).toBeGreaterThan(tellable.length / 2)
})

test('a run that is made and a run that was kept tell the same, but for what only a follower sees', async () => {
  const simulation = await simulationOf('haproxy-takeover')
  const {trace} = simulation.run(undefined, {trace: true})
  for (const wanted of [{worst: true}, {worst: false, cause: causes.indexOf('killed-at-drain-end')}]) {
    const [made, kept] = [explainRun(simulation, undefined, wanted)!, explainTrace(trace!, wanted)!]
    expect([made.id, made.story.brief, made.cause]).toEqual([kept.id, kept.story.brief, kept.cause])
    expect(made.story.steps).toEqual(expect.arrayContaining([...kept.story.steps]))
  }
})

test('the worst is the one that took longest', async () => {
  const simulation = await simulationOf('haproxy-takeover')
  const {disruptions, workloads} = simulation.run(undefined, {trace: true}).trace!
  const longest = disruptions.took.indexOf(Math.max(...disruptions.took))
  const {id} = explainRun(simulation, undefined, {worst: true})!
  expect(id).toMatch(new RegExp(`^${workloads[disruptions.workload[longest]!]!.name}:\\d+$`))
  expect(explainTrace(simulation.run(undefined, {trace: true}).trace!, {worst: true})!.id).toBe(id)
})

test('a drain as long as the story says would have spared the session, and one a little shorter would not', async () => {
  const fewer = ['fixed', 'exponential', 'lognormal', 'pareto'].map(name => `traffic.${name}.connections=2000`)
  const cut = explainRun(await simulationOf('ws-drain', ['end=2h', ...fewer]), undefined, {
    worst: false,
    cause: causes.indexOf('killed-at-drain-end'),
  })!
  const [, minutes, seconds = '0'] = /^A drain of (\d+) min(?: (\d+) s)? would have spared it/.exec(cut.remedy[0]!)!
  const causeWith = async (drain: number) => {
    const set = ['end=2h', ...fewer, `release.edge.options.drainTimeout=${drain}s`]
    return explainRun(await simulationOf('ws-drain', set), undefined, {worst: false, id: cut.id})!.cause
  }
  const drain = Number(minutes) * 60 + Number(seconds)
  expect(await causeWith(drain - 1)).toBe('killed-at-drain-end')
  expect(await causeWith(drain + 1)).toBe(undefined)
})

test('a client to whom nothing happened has a story too, with who had its connection', async () => {
  const {story} = explainRun(await simulationOf('reals-join'), undefined, {worst: false, id: 'chat:7'})!
  expect(story.title).toBe('open when the run ends')
  expect(story.steps.at(-1)!.text).toMatch(/^open when the run ends, session of client 7 of chat on edge\.\d+#0$/)
})

test('a client whose tunnel is moved is followed on its way', async () => {
  const set = ['release.origin.at=10s', 'end=2m', 'tiers.edge.hosts=5', 'traffic.chat.connections=50']
  const simulation = await simulationOf('mqtt-publishes', set)
  const storyOf = (number: number) =>
    explainRun(simulation, undefined, {worst: false, id: `chat:${number}`})!.story.steps.map(({text}) => text)
  const moved = Array.from({length: 50}, (_, number) => number)
    .map(storyOf)
    .find(texts => texts.some(text => text.includes('has moved')))
  expect(moved?.map(text => text.replace(/\w+\.\d+#\d/, it => it.split('.')[0]!))).toEqual(
    expect.arrayContaining(['origin is asked to take its tunnel over', 'edge hears that its tunnel has moved']),
  )
})
