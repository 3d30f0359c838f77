import {expect, test} from 'vitest'
import {commandLine, explain, RunFailure} from '../../sim/cli/failure.ts'
import {UserError} from '../../sim/cli/user-error.ts'
import {Bug} from '../../sim/engine/assert.ts'

test('a mistake of the user’s is one message, and exits 2', () => {
  expect(explain(new UserError('no such file'), ['run', 'x'])).toEqual({message: 'zdr: no such file', code: 2})
})

test('a bug of ours exits 70 and shows how to meet it again, and what caused it down to the first cause', () => {
  const bug = new Bug('at 12 s with seed 7: a host has three processes', {cause: new RangeError('three')})
  const {message, code} = explain(new RunFailure(bug, 'zdr run x --seed 7'), ['run', 'x'])
  expect(code).toBe(70)
  expect(message.split('\n').slice(0, 3)).toEqual([
    'zdr: this is a bug in zdr, not in what you asked for. It shows again with',
    '  zdr run x --seed 7',
    'Bug: at 12 s with seed 7: a host has three processes',
  ])
  expect(message).toMatch(/\nRangeError: three\n {4}at /)
})

test('any other error is a bug as well, which the same command line meets again', () => {
  const {message, code} = explain(new TypeError('x is undefined'), ['list'])
  expect(code).toBe(70)
  expect(message).toMatch(/\n {2}zdr list\nTypeError: x is undefined\n/)
})

test('words are quoted for a shell where they need it', () => {
  expect(commandLine(['run', './my file.yaml', '--set', "title=it's", '--seed', '7'])).toBe(
    `zdr run './my file.yaml' --set 'title=it'\\''s' --seed 7`,
  )
})
