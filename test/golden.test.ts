import {readdirSync} from 'node:fs'
import {expect, test} from 'vitest'
import {run} from '../sim/run.ts'
import {shipped} from './shipped.ts'

const names = readdirSync('scenarios').flatMap(file => /^(.+)\.yaml$/.exec(file)?.[1] ?? [])

/** `npm run golden` writes what is so now; read the difference before it is committed. */
test.each(names)('%s comes out as it did before, and meets what it expects', async name => {
  // How many events it took is the engine's affair, and says nothing of what happened.
  const {engine: _, ...told} = run(shipped(name)).report
  await expect(`${JSON.stringify(told, null, 1)}\n`).toMatchFileSnapshot(`golden/${name}.json`)
  expect(told.expect.filter(({met}) => !met)).toEqual([])
})
