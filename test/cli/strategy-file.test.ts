import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {isStrategyFile, loadStrategy, strategyFailure} from '../../sim/cli/strategy-file.ts'
import {strategies} from '../../sim/strategies/index.ts'
import {folderWith, takeover} from './command.ts'

const load = (text: string, name = 'mine.ts') => loadStrategy(join(folderWith({[name]: text}), name), strategies)
const made = (fields = '') =>
  `strategy({name: 'mine', summary: 'S.', suits: ['proxy'], options: {}, *release() {}, ${fields}})`

test('a file is told from a name by its slash or its ending', () => {
  expect(['./mine', 'a/b', 'mine.ts', 'mine.mjs', 'mine.cts'].filter(isStrategyFile)).toHaveLength(5)
  expect(['mine', 'hard-restart', 'mine.yaml'].filter(isStrategyFile)).toEqual([])
})

describe('a strategy is found', () => {
  test.each([
    ['as the default export', `import {strategy} from 'zdr'; export default ${made()}`, 'mine.ts'],
    ['under any name', `import {strategy} from 'zdr'; export const limit = 3; export const it = ${made()}`, 'mine.ts'],
    ['in JavaScript', `import {strategy} from 'zdr'; export default ${made()}`, 'mine.js'],
    ['in an ES module that awaits', `await 1; import {strategy} from 'zdr'; export default ${made()}`, 'mine.mjs'],
    ['in a CommonJS module', `const {strategy} = require('zdr'); module.exports = ${made()}`, 'mine.cjs'],
    ['in TypeScript with types', takeover, 'mine.ts'],
  ])('%s', async (_where, text, name) => {
    expect((await load(text, name)).name).toBe('mine')
  })
})

describe('a file that holds none that can be used is refused with the reason', () => {
  test.each([
    ['', 'exports no strategy'],
    ['export default 3', 'exports no strategy'],
    ["throw new Error('no luck')", /cannot load .*mine\.ts:1: no luck$/],
    ['export default {{', /cannot load .*mine\.ts:1: .*Unexpected token/],
    ["import x from 'nowhere-to-be-found'; export default x", "Cannot find module 'nowhere-to-be-found'"],
    ["import {nope} from 'zdr'\nexport default nope()", /cannot load .*mine\.ts:2: nope is not a function/],
    [`import {strategy} from 'zdr'; export default ${made("name: 'Mine!'")}`, 'needs a name of small letters'],
    [`import {strategy} from 'zdr'; export default ${made("name: 'hard-restart'")}`, 'needs another name'],
    [`import {strategy} from 'zdr'; export default ${made('summary: 3')}`, 'needs a summary'],
    [`import {strategy} from 'zdr'; export default ${made('suits: []')}`, "needs 'suits'"],
    [`import {strategy} from 'zdr'; export default ${made('options: null')}`, 'needs options'],
    [`import {strategy} from 'zdr'; export default ${made('options: {batch: 0.2}')}`, "has an option 'batch'"],
  ])('%s', async (text, reason) => {
    await expect(load(text)).rejects.toThrow(reason)
  })
})

test('what is thrown in a file is told with the line, however deep it was wrapped', () => {
  const thrown = new Error('cannot wait')
  thrown.stack = `Error: cannot wait\n    at sleep (engine.js:1:2)\n    at release (${join(process.cwd(), 'mine.ts')}:14:9)`
  const wrapped = new Error('at 6 s', {cause: new Error('again', {cause: thrown})})
  expect(strategyFailure('mine.ts', 'mine', wrapped)?.message).toBe("strategy 'mine' failed at mine.ts:14: cannot wait")
})

test('what is thrown elsewhere is not blamed on the file', () => {
  expect(strategyFailure('mine.ts', 'mine', new Error('ours'))).toBeUndefined()
})

test('what is no Error can only have been thrown by the file', () => {
  const wrapped = new Error('at 6 s', {cause: 'some text'})
  expect(strategyFailure('mine.ts', 'mine', wrapped)?.message).toBe("strategy 'mine' failed at mine.ts: some text")
})
