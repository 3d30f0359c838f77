import {expect, test} from 'vitest'
import {folderWith, small, zdr} from './command.ts'

test('explain tells a story with a time for each step, and the same as JSON', async () => {
  const folder = folderWith({'small.yaml': small})
  const [told, data] = await Promise.all([
    zdr(folder, 'explain', 'small.yaml', '--worst'),
    zdr(folder, 'explain', 'small.yaml', '--worst', '--json'),
  ])
  expect([told.code, told.stderr]).toEqual([0, ''])
  expect(told.stdout).toMatch(/^web:\d+, (refused|reset): .*\n\n( *\d+:\d\d\.\d{3} {2}.*\n| {10}.*\n)+\nWhat helps: /)
  const story = JSON.parse(data.stdout)
  expect(story).toMatchObject({schema: 'zdr-story/1', scenario: 'small', client: /^web:\d+/.exec(told.stdout)![0]})
  expect(story.steps.at(-1).at).toBeGreaterThan(2)
})

test('run says how to hear more, with all that was asked for', async () => {
  const folder = folderWith({'small.yaml': small})
  const words = ['small.yaml', '--seed', '3', '--set', 'traffic.web.rate=90/s']
  const {stdout} = await zdr(folder, 'run', ...words)
  const hint = `zdr explain ${words.join(' ')} --worst`
  expect(stdout).toContain(`\nwhy the worst of them: ${hint}\n`)
  expect((await zdr(folder, 'explain', ...words, '--worst')).code).toBe(0)
  const calm = await zdr(folder, 'run', 'small.yaml', '--strategy', 'socket-takeover')
  expect(calm.stdout).not.toContain('why the worst')
})

test('a run that was kept is explained from its file, and is not changed by options', async () => {
  const folder = folderWith({'small.yaml': small})
  await zdr(folder, 'run', 'small.yaml', '--trace', 'run.json.gz')
  const [told, late] = await Promise.all([
    zdr(folder, 'explain', 'run.json.gz', '--cause', 'no-listener'),
    zdr(folder, 'explain', 'run.json.gz', '--worst', '--seed', '2'),
  ])
  expect(told.stdout).toMatch(/^web:\d+, refused: nobody listened, on edge\.0, batch 1/)
  expect([late.code, late.stderr]).toEqual([
    2,
    'zdr: run.json.gz is a run that was made already: --strategy, --seed and --set come too late\n',
  ])
})

test('who is not there, or not said, is told with what is near', async () => {
  const folder = folderWith({'small.yaml': small})
  const mistakes: [words: string[], message: RegExp][] = [
    [[], /^zdr: who is to be explained\? A client as chat:41, --worst or --cause CAUSE\n/],
    [['web:1', '--worst'], /^zdr: a client, or --worst and --cause, which look for one: choose\n/],
    [['41'], /^zdr: '41' is no client; a client is a workload and a number, as web:41\n/],
    [['wen:41'], /^zdr: there is no workload 'wen'; did you mean web:41\?\n/],
    [['web:999999'], /^zdr: no client web:999999 comes in this run; disrupted next to that: web:\d+\n/],
    [['--cause', 'no-listner'], /^zdr: there is no cause 'no-listner'; did you mean no-listener\?\n/],
    [
      ['--cause', 'dead-host'],
      /^zdr: nothing ended with dead-host \(host was dead\)\ncauses of this run: no-listener \(\d+\)/,
    ],
  ]
  const answers = await Promise.all(mistakes.map(([words]) => zdr(folder, 'explain', 'small.yaml', ...words)))
  answers.forEach(({code, stdout, stderr}, i) => {
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(mistakes[i]![1])
  })
  expect(await zdr(folder, 'explain', 'small.yaml', '--worst', '--strategy', 'socket-takeover')).toEqual({
    code: 0,
    stdout: 'Nothing was disrupted.\n',
    stderr: '',
  })
})

test('a run that loses what nobody is told does not end with that nothing was disrupted', async () => {
  const folder = folderWith({})
  const words = ['explain', 'redis-switch', '--strategy', 'promote-then-switch', '--worst']
  const [told, data] = await Promise.all([zdr(folder, ...words), zdr(folder, ...words, '--json')])
  expect(told.stdout).toMatch(
    /^Nothing was disrupted\.\nWhat nobody is told: 8,\d{3} acknowledged writes lost\.\nTo have less of that, have no write /,
  )
  const {client, losses} = JSON.parse(data.stdout)
  expect(client).toBe(null)
  expect(losses).toEqual([
    expect.stringMatching(/^What nobody is told: 8,\d{3} /),
    expect.stringMatching(/failover.*client-pause/),
  ])
})
