import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {rules} from '../../sim/lint/rules.ts'
import {folderWith, small, zdr} from './command.ts'

test('lint exits 0 where nothing is wrong, 1 where something is, and 2 for a mistake in what was asked', async () => {
  const sound = small.replace('strategy: hard-restart', 'strategy: socket-takeover')
  const folder = folderWith({'sound.yaml': sound, 'bad.yaml': 'tiers: 3'})
  const lines = [
    ['sound.yaml'],
    ['sound.yaml', '--set', 'traffic.web.retry={attempts: 2, budget: none}'],
    ['bad.yaml'],
    ['edge-release'],
  ]
  const [good, wrong, bad, noted] = await Promise.all(lines.map(words => zdr(folder, 'lint', ...words)))
  expect([good?.code, good?.stdout]).toEqual([0, 'A small edge\n\nNothing is wrong by any of 25 rules.\n'])
  expect(wrong?.code).toBe(1)
  expect(wrong?.stdout).toContain('\n  --set traffic.web.retry.budget=20%\n')
  expect([bad?.code, bad?.stdout]).toEqual([2, ''])
  expect(bad?.stderr).not.toMatch(/\n {4}at /)
  expect(noted?.code).toBe(0)
})

test('what lint proposes can be pasted into a shell, quoted where that is needed', async () => {
  const {stdout} = await zdr('.', 'lint', 'edge-release', '--set', 'traffic.chat.reconnect.first=5s')
  expect(stdout).toContain("\n  --set 'traffic.chat.reconnect.first={uniform: {from: 0s, to: 10s}}'\n")
})

test('lint tells other programs the same', async () => {
  const {code, stdout} = await zdr('.', 'lint', 'rolling-soft-stop', '--json')
  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({
    schema: 'zdr-lint/1',
    scenario: 'rolling-soft-stop',
    rules: rules.length,
    counts: {error: 1, warning: 0, note: 1},
    findings: [
      {
        rule: 'stops-before-leaving',
        severity: 'error',
        found: [{path: 'release.proxy.options.leaveFirst', value: 'false'}, {}, {}],
        fix: ['release.proxy.options.leaveFirst=true'],
        evidence: 'https://github.com/traefik/traefik/issues/4452',
      },
      {rule: 'drain-cuts', severity: 'note'},
    ],
  })
})

test('docs/lint.md tells every rule, with its severity, what it wants and its evidence', () => {
  const text = readFileSync('docs/lint.md', 'utf8')
  for (const {name, severity, wants, evidence} of rules)
    expect(text).toContain(`| \`${name}\` | ${severity} | ${wants} | [evidence](${evidence}) |\n`)
})
