import {readdirSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {run} from '../sim/run.ts'
import {shipped} from './shipped.ts'

const names = readdirSync('scenarios').flatMap(file => /^(.+)\.yaml$/.exec(file)?.[1] ?? [])

/** `npm run golden` writes what is so now; read the difference before it is committed. */
describe.each(names)('%s', name => {
  const {report} = run(shipped(name))

  test('comes out as it did before', async () => {
    // How many events it took is the engine's affair, and says nothing of what happened.
    const {engine: _, ...told} = report
    await expect(`${JSON.stringify(told, null, 1)}\n`).toMatchFileSnapshot(`golden/${name}.json`)
  })

  test('meets what it expects', () => {
    expect(report.expect.filter(({met}) => !met)).toEqual([])
  })
})
