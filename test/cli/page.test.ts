import {expect, test} from 'vitest'
import {page} from '../../sim/cli/page/page.ts'
import {absent, conclude} from '../../sim/reproduction/conclusion.ts'
import {reading, sample} from '../reproduction/sample.ts'

const seeds = {seed: 1, seeds: 3}
const apples = conclude(sample(), [9.9, 10, 10.1].map(reading))
const pears = conclude(sample({id: 'R2', title: 'Pears'}), [8, 9, 13].map(reading))
const quinces = conclude(sample({id: 'R4', title: 'Quinces'}), [12, 12.1, 12.2].map(reading))
const plums = absent({...sample(), id: 'R3', title: 'Plums', missing: 'There are no trees.'})
const html = page([apples, pears, quinces, plums], seeds)

const all = (pattern: RegExp): string[] => [...html.matchAll(pattern)].map(([, found]) => found ?? '')

test('a page asks nobody for anything: no script, no picture, no style, no font from elsewhere', () => {
  expect(html).not.toMatch(/<script|<link|<img|<iframe|<object|\bsrc=|@import|url\(|https?:|\bon\w+=/)
  for (const target of all(/href="([^"]*)"/g)) expect(html).toContain(`id="${target.slice(1)}"`)
})

test('every figure has a text alternative, which tells its course', () => {
  const figures = all(/<svg class="figure"[^>]*aria-labelledby="([^"]+)"/g)
  expect(figures).toHaveLength(6)
  for (const id of figures.flatMap(ids => ids.split(' '))) expect(html).toMatch(new RegExp(`id="${id}">[^<]{5,}<`))
  expect(html).toContain('our basket: from 10.0 at 0 to 8.00 at 2.00, lowest 8.00 at 2.00, highest 10.0 at 0.')
  for (const about of all(/<svg ((?:(?!class="figure")[^>])*)>/g)) expect(about).toContain('aria-hidden="true"')
})

test('what a figure draws stands beside it as numbers', () => {
  expect(all(/<table class="(numbers)">/g)).toHaveLength(6)
  expect(html).toContain('<td>10.0 ± 0.248</td>')
})

test('no two places have one name', () => {
  const ids = all(/ id="([^"]+)"/g)
  expect(new Set(ids).size).toBe(ids.length)
})

test('the verdicts come first, a row for each target, with what is published and what is simulated', () => {
  const table = html.slice(html.indexOf('<table class="verdicts">'), html.indexOf('<section'))
  expect(table.match(/<tr>/g)).toHaveLength(5)
  for (const text of [
    'reproduced',
    'undecided: more seeds',
    'short',
    'not simulated',
    'There are no trees.',
    '10.0 ± 0.2 kg',
    'seen: a slide',
  ])
    expect(table).toContain(text)
})

test('what is missed or undecided says so, beside the rule', () => {
  expect(html).toMatch(/<tr class="undecided">.*10\.0 ± 6\.6 kg.*9 to 11 kg<small>undecided: more seeds</s)
  expect(html).toMatch(/<tr class="missed">.*12\.1 ± 0\.2 kg.*9 to 11 kg<small>missed</s)
  expect(html).toContain('Between the two it is undecided')
})

test('titles and quotations cannot break out of their place', () => {
  expect(html).toContain('Apples &#60;per&#62; basket &#38; day')
  expect(html).not.toContain('<per>')
})

test('drawings hold no place that is not a number', () => {
  expect(html).not.toMatch(/NaN|Infinity|undefined/)
})
