import {readdirSync} from 'node:fs'
import {expect, test} from 'vitest'
import {shipped} from '../shipped.ts'
import {findingsOf} from './sample.ts'

const names = readdirSync('scenarios').flatMap(file => /^(.+)\.yaml$/.exec(file)?.[1] ?? [])

test('of shipped scenarios what they do wrong on purpose is found, and nothing else', async () => {
  const lines = names.flatMap(name =>
    findingsOf(shipped(name)).map(it => `${name}: ${it.severity} ${it.rule}: ${it.reason}`),
  )
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('shipped.txt')
})
