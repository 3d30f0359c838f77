import {stripVTControlCharacters} from 'node:util'
import {expect, test} from 'vitest'
import {coloured, plain} from '../../sim/cli/terminal/style.ts'
import {drawTable} from '../../sim/cli/terminal/table.ts'
import type {Table} from '../../sim/words/table.ts'

const table: Table = {
  title: 'Fleet',
  columns: ['edge', 'a-long-name'],
  rows: [
    {head: 'Counts', cells: []},
    {head: '  hosts', cells: [{text: '20'}, {text: '1,234'}]},
    {head: '  idle, %', cells: [{text: '–'}, {text: '99.5', format: 'green'}]},
  ],
}
const draw = (width: number, style = plain) => drawTable(table, {width, style}).split('\n')
const widthOf = (line: string) => [...line].length

test('heads stand to the left, and figures to the right under the name of their column', () => {
  expect(draw(80)).toEqual([
    'Fleet      edge  a-long-name',
    'Counts',
    '  hosts      20        1,234',
    '  idle, %     –         99.5',
    '',
  ])
})

test('a table that is too wide breaks the names of its columns at a hyphen', () => {
  expect(draw(24)).toEqual([
    '                 a-long-',
    'Fleet      edge     name',
    'Counts',
    '  hosts      20    1,234',
    '  idle, %     –     99.5',
    '',
  ])
})

test('where that is not enough, the columns go on in a further table', () => {
  expect(draw(20)).toEqual([
    'Fleet      edge',
    'Counts',
    '  hosts      20',
    '  idle, %     –',
    '',
    '           a-long-',
    'Fleet         name',
    'Counts',
    '  hosts      1,234',
    '  idle, %     99.5',
    '',
  ])
})

test('no line is wider than the paper, if one column fits', () => {
  for (let width = 18; width < 40; width++)
    for (const line of draw(width)) expect(widthOf(line)).toBeLessThanOrEqual(width)
})

test('colour takes no room', () => {
  const bare = draw(80, coloured).map(stripVTControlCharacters)
  expect(draw(80, coloured).join('')).toContain('\u001b[')
  expect(bare.map(line => line.trimEnd())).toEqual(draw(80))
})
