import {expect, test} from 'vitest'
import {heatMap} from '../../../sim/cli/page/heat/page.ts'
import {columnsOf} from '../../../sim/cli/sweep/columns.ts'
import {unfinishedNote} from '../../../sim/cli/sweep/unfinished.ts'
import {plain} from '../../../sim/cli/terminal/style.ts'
import {drawSweep} from '../../../sim/cli/terminal/sweep.ts'
import {failed, outcomeWith, rowWith} from './outcomes.ts'

const paper = {style: plain, width: 120}
const ended = {'disruption.fraction': 0.5, 'release.duration': 60}
const cutShort = {'disruption.fraction': 0.1, 'release.duration': null}
const halted = {...ended, 'release.edge.haltedAt': 30, 'tiers.edge.processes.old': 2}

/** Of the second point one seed of two is not finished. */
const partly = outcomeWith(({way, point, seed}) => rowWith(way === 0 && point === 1 && seed === 2 ? cutShort : ended))

test('a point has a sign behind each of its numbers where a release did not come to its end under some seed', () => {
  const lines = drawSweep(partly, paper, ['csv']).split('\n')
  expect(lines.filter(line => line.includes('*')).map(line => line.match(/\*/g)!.length)).toEqual([2, 1])
  expect(lines.join(' ')).toContain('1 of 12 points of 2 strategies (*) did not come to its end within the run')
})

test('its square is hatched in the panels of every measure, with the same sentence above them', () => {
  const html = heatMap(partly)
  expect(html.match(/<td [^>]*class="unfinished"|<td class="nothing"/g)).toHaveLength(2)
  expect(html.match(/\(hatched\) did not come to its end within the run/g)).toHaveLength(2)
})

test('the table of all runs says of each whether it is finished, and of a failure nothing', () => {
  const outcome = outcomeWith(
    ({point}) => [failed, rowWith(ended), rowWith(cutShort), rowWith(halted)][point] ?? failed,
  )
  const {values} = columnsOf(outcome).find(({name}) => name === 'finished')!
  expect([0, 2, 4, 6].map(at => values[at])).toEqual([null, true, false, false])
})

test('a longer run is proposed where it would help, which it does not after a halt, nor where the end is varied', () => {
  const short = outcomeWith(() => rowWith(cutShort))
  expect(unfinishedNote(short, '*')[0]).toMatch(/all told: --set end=40s makes runs twice as long\.$/)
  const ends = outcomeWith(() => rowWith(cutShort), {vary: ['end=20s,30s']})
  for (const outcome of [outcomeWith(() => rowWith(halted)), ends])
    expect(unfinishedNote(outcome, '*')[0]).toMatch(/is not all told\.$/)
  expect(
    unfinishedNote(
      outcomeWith(() => rowWith(ended)),
      '*',
    ),
  ).toEqual([])
})
