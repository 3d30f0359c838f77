import {describe, expect, test} from 'vitest'
import {obey} from '../../sim/cli/command-line.ts'
import {poolOf} from '../../sim/cli/pool/pool.ts'
import {type Asking, prepare} from '../../sim/cli/solve/question.ts'
import {search} from '../../sim/cli/solve/search.ts'
import {UserError} from '../../sim/cli/user-error.ts'
import {type Solution, sentences} from '../../sim/experiment/solution.ts'
import {answerAmong} from '../../sim/experiment/solve.ts'
import {folderWith, zdr} from './command.ts'

/** Half of the sessions are on the host that is restarted. */
const sessions = (connections: number, lifetime: string, end = '15m') => `
title: How long must sessions be drained?
end: ${end}
tiers:
  edge: {kind: proxy, hosts: 2, boot: 8s, link: 20ms, behind: {l4lb: {hosts: 1}}}
traffic:
  chat: {kind: websocket, to: edge, connections: ${connections}, lifetime: ${lifetime}}
release:
  edge: {strategy: graceful-drain, at: 10s, options: {batch: 1, canary: true, drainTimeout: 10m}}
`
const param = 'release.edge.options.drainTimeout'

async function solved(yaml: string, asking: Partial<Asking>) {
  const folder = folderWith({'drain.yaml': yaml})
  const {simulation, quest, measures, options, values} = await prepare({
    scenario: `${folder}/drain.yaml`,
    param,
    ...asking,
  })
  const pool = await poolOf({threads: 1})
  const line = {show() {}, clear() {}}
  const {tried, trials} = await search(quest, {simulation, wanted: undefined, pool, line}, options, values)
  const resultsAt = (value: number) => trials.results.get(value)!
  const solution: Solution = {
    param,
    quest,
    tried,
    confidence: options.confidence,
    end: trials.end / 1e6,
    ownEnd: simulation.scenario.world.end / 1e6,
    resultsAt,
  }
  return {
    tried,
    end: trials.end / 60e6,
    answer: answerAmong(tried, quest.largest)!,
    words: sentences(solution, measures),
  }
}

describe('the drain that exponential sessions of 10 minutes need', () => {
  // m ln(1/eps) after its start exp(-D/m) of the n sessions are left, a Poisson number: their mean over four runs is to be
  // seen within five deviations of √(mean / 4). What meets a bound has to stay below it by half of its interval, which is
  // 3.18 √(mean / 4) as a rule and up to twice that, so that the drain is longer than the closed form by some
  // 10 ln(30 / 21) = 3.5 min for 99 %, and 10 min for 99.9 %, at most by twice as much and by 2 % of it.
  test.each([
    ['99 %', 3_000, 30, ['44m', '54m', '55m'], 46.05, 8],
    ['99.9 %', 6_000, 6, ['66m', '84m', '85m'], 69.08, 16],
  ] as const)('is m ln(1/eps), for %s of them', async (_, n, bound, [from, to, end], closed, more) => {
    const asking = {target: [`traffic.chat.reset <= ${bound}`], from, to, replications: 4}
    const {tried, answer} = await solved(sessions(2 * n, '{exponential: 10m}', end), asking)
    for (const {value, judged} of tried) {
      const left = n * Math.exp(-value / 600e6)
      expect(Math.abs(judged[0]!.estimate!.mean - left)).toBeLessThan(5 * Math.sqrt(left / 4))
    }
    expect(answer.value / 60e6).toBeGreaterThan(closed - 1)
    expect(answer.value / 60e6).toBeLessThan(closed + more)
  })
})

test('no drain within reach is long enough for a heavy tail, and something else would help', async () => {
  // Pareto's law of shape 1.5 and mean 10 min leaves 1.2172 / √D of 2,000: 1 - 1/√2 = 29 % less with each doubling, and
  // one of them after 11 years.
  const yaml = sessions(4_000, '{pareto: {mean: 10m, shape: 1.5}}', '162m')
  const {words, answer} = await solved(yaml, {
    target: ['traffic.chat.reset <= 1'],
    from: '5m',
    to: '160m',
    replications: 3,
  })
  expect(answer).toBeUndefined()
  const pace = /^Each doubling takes off only (\d+) % of it, .* some (\d+) years/.exec(words[2]!)!.slice(1).map(Number)
  expect(pace[0]).toBeGreaterThan(24)
  expect(pace[0]).toBeLessThan(34)
  expect(pace[1]).toBeGreaterThan(3)
  expect(pace[1]).toBeLessThan(50)
  expect(words[3]).toMatch(
    /^What is left there is mostly: killed at drain end\. What would help instead: have clients move/,
  )
})

test('runs are made longer until every release comes to its end in them, and all of them are of one length', async () => {
  const {end, tried, words} = await solved(sessions(200, '{exponential: 10m}'), {
    target: ['release.duration <= 9m'],
    values: '5m,30m',
    replications: 2,
  })
  expect(end).toBeGreaterThan(30)
  expect(tried.map(({judged}) => judged[0]!.state)).toEqual(['met', 'missed'])
  expect(words[0]).toMatch(
    /confidence\. Runs last \S+ min.* instead of 15 min, the length in which the release of every value tried comes to its end\.$/,
  )
  const fixed = await solved(sessions(200, '{exponential: 10m}'), {
    target: ['release.duration <= 60m'],
    values: '5m,30m',
    replications: 2,
    set: ['end=20m'],
  })
  expect(fixed.end).toBe(20)
  expect(fixed.tried.map(({refused}) => refused)).toEqual([undefined, 'its release does not come to its end in 20 min'])
})

test('a share is of runs that are longer for longer drains, and where the answer stands it is told', async () => {
  const yaml = sessions(200, '{exponential: 10m}')
  const share = {values: '5m,30m', replications: 2, target: ['disruption.fraction <= 100%']}
  const {words} = await solved(yaml, share)
  expect(words[0]).toMatch(
    /that meets disruption\.fraction <= 100% over (\S+ min.*), with 95 % .* Runs last \1 instead/,
  )
  expect(words[0]).toMatch(/; disruption\.fraction depends on that, .* --set end=…, or ask for a count/)
  const fixed = await solved(yaml, {...share, set: ['end=40m']})
  expect(fixed.words[0]).toMatch(/that meets disruption\.fraction <= 100%, with 95 % confidence\.$/)
  const front = await solved(yaml, {values: '5m,30m', replications: 2, pareto: 'duration,disruption'})
  expect(front.words).toEqual([expect.stringMatching(/^Runs last .* 15 min.*; disruption\.fraction depends on that/)])
})

describe('zdr solve', () => {
  const yaml = sessions(400, '{exponential: 1m}').replace('drainTimeout: 10m', 'drainTimeout: 1m')
  const small = (...words: readonly string[]) =>
    zdr(folderWith({'drain.yaml': yaml}), 'solve', 'drain.yaml', '--param', param, ...words)
  const target = ['--target', 'disruption.count <= 20', '--replications', '3']

  test('prints what it tried and what follows, the same bytes for any number of threads', async () => {
    const [one, two] = await Promise.all(['1', '2'].map(threads => small(...target, '--threads', threads)))
    expect(one!.code).toBe(0)
    expect(one!.stdout).toMatch(/^drainTimeout +disruption\.count\n {2}wanted +≤ 20\n/m)
    expect(one!.stdout).toMatch(/^→ \S+ +\d+ ± \d+ ✓$/m)
    expect(one!.stdout).toMatch(/^release\.edge\.options\.drainTimeout=\S+ is the smallest value tried that meets/m)
    expect(two).toEqual(one)
  })

  test('does so also if runs had to be made longer while others were under way', async () => {
    const long = sessions(100, '{exponential: 10m}', '45m').replace('canary: true', 'canary: true, leavesEarly: false')
    const words = [
      '--replications',
      '2',
      '--values',
      '30m,40m,45m,55m',
      '--target',
      'release.duration <= 42m',
      '--largest',
    ]
    const folder = folderWith({'long.yaml': long})
    const [one, three] = await Promise.all(
      ['1', '3'].map(it => zdr(folder, 'solve', 'long.yaml', '--param', param, '--threads', it, ...words)),
    )
    expect(one).toMatchObject({code: 0, stderr: '', stdout: expect.stringMatching(/^→ 40m +40\.\d ± \S+ ✓$/m)})
    expect(three).toEqual(one)
  })

  test('exits 1 where no value does, and its JSON says so', async () => {
    const {code, stdout} = await small('--target', 'disruption.count <= 20', '--from', '1s', '--to', '2s', '--json')
    expect(code).toBe(1)
    const {schema, answer, targets, tried} = JSON.parse(stdout)
    expect({schema, answer, targets}).toEqual({
      schema: 'zdr-solution/1',
      answer: null,
      targets: [{measure: 'disruption.count', atMost: 20}],
    })
    expect(tried.map(({value}: {value: string}) => value)).toEqual(['1s', '1.19s', '1.41s', '1.68s', '2s'])
    expect(tried[0].targets[0].state).toBe('missed')
  })

  test('shows which values are on a front', async () => {
    const {code, stdout} = await small(
      '--values',
      '10s,1m,3m',
      '--pareto',
      'duration,disruption',
      '--replications',
      '2',
    )
    expect(code).toBe(0)
    expect(stdout).toMatch(/^drainTimeout +release\.duration, s +disruption\.fraction, % +front\n/m)
    expect(stdout.match(/◆$/gm)).toHaveLength(3)
  })
})

describe('a mistake in what zdr solve is asked is told', () => {
  test.each([
    [[], "something is missing: --target 'disruption.count <= 100'"],
    [['--target', 'disruption.fractoin <= 1%'], 'did you mean disruption.fraction?'],
    [['--target', 'disruption <= 1%', '--from', '1m'], '--from and --to go together'],
    [['--target', 'disruption <= 1%', '--from', '2m', '--to', '1m'], '--from 2m is not below --to 1m'],
    [['--target', 'disruption <= 1%', '--from', '1%', '--to', '1m'], '--from 1% is a share and --to 1m a duration'],
    [['--target', 'disruption <= 1%', '--values', '1m,2%'], "--values has '2%', wanted a duration"],
    [['--target', 'disruption <= 1%', '--confidence', '100%'], '--confidence wants 50% to less than 100%'],
    [['--target', 'disruption <= 1%', '--strategy', 'hard-restart'], 'say --from and --to'],
  ])('%j', async (words, complaint) => {
    const error = await obey(['solve', 'edge-release', '--param', 'release.edge.options.drainTime', ...words]).catch(
      it => it,
    )
    expect(error).toBeInstanceOf(UserError)
    expect(error.message).toContain(complaint)
  })
})
