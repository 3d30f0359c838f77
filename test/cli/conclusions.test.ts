import {expect, test} from 'vitest'
import {drawConclusions} from '../../sim/cli/terminal/conclusions.ts'
import {plain} from '../../sim/cli/terminal/style.ts'
import {absent, conclude} from '../../sim/reproduction/conclusion.ts'
import {reading, sample} from '../reproduction/sample.ts'

const apples = conclude(sample(), [9.9, 10, 10.1].map(reading))
const pears = conclude(sample({id: 'R2', title: 'Pears', strength: 'B'}), [8, 9, 13].map(reading))
const quinces = conclude(sample({id: 'R4', title: 'Quinces'}), [12, 12.1, 12.2].map(reading))
const plums = absent({...sample(), id: 'R3', title: 'Plums', missing: 'There are no trees.'})
const drawn = (width: number) =>
  drawConclusions([apples, pears, quinces, plums], {seed: 1, seeds: 3}, {width, style: plain}, 'fruit.html')

test('a table of targets says what was published, what is simulated and what follows', () => {
  expect(drawn(100)).toBe(
    `     measured                             published                   simulated  verdict
R1   Apples <per> basket & day                 seen  A                           ● reproduced
       apples                                 10 kg               10.0 ± 0.2 kg  ✓ 9 to 11 kg
R2   Pears                                     seen  B                           ? undecided: more
                                                                                 seeds
       apples                                 10 kg               10.0 ± 6.6 kg  ? 9 to 11 kg:
                                                                                 undecided
R4   Quinces                                   seen  A                           ▲ short
       apples                                 10 kg               12.1 ± 0.2 kg  ✗ 9 to 11 kg:
                                                                                 missed
R3   Plums                                     seen  A                           – not simulated
       There are no trees.

1 reproduced, 1 undecided, 1 short, 1 not simulated; seeds 1 to 3, means with their 95 % intervals;
figures in fruit.html
A claim holds (✓) if its whole 95 % interval lies within the bounds, and is missed (✗) if it lies
wholly outside. Between the two it is undecided (?): the simulation does not contradict it, but more
seeds (--seeds) are needed to tell.
`,
  )
})

test.each([60, 80, 100, 140])('on a terminal of %d columns what is longer goes on below itself', width => {
  const lines = drawn(width).split('\n')
  const most = Math.max(width, 92)
  expect(lines.filter(line => [...line].length > most)).toEqual([])
})
