import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {Simulator} from '../../sim/engine/simulator.ts'
import {quantityOf} from '../../sim/experiment/quantity.ts'
import {type Solution, sentences} from '../../sim/experiment/solution.ts'
import {answerAmong, type Quest, solve, type Tried} from '../../sim/experiment/solve.ts'
import {judge, type Target, targetOf} from '../../sim/experiment/target.ts'
import {binomialDeviation, range} from '../oracles/statistics.ts'

const count = (text: string) => targetOf(text, {traffic: {}}) as Target
const kind = quantityOf('20m')!
const minutes = (value: number) => value * 60e6

const questOf = (targets: readonly Target[], more: Partial<Quest> = {}): Quest => ({
  ...{kind, own: minutes(20), targets, largest: false},
  ...more,
})

/** Runs that are known without being made: of each target a figure that hangs on the value, in minutes, alone. */
const exactly =
  (targets: readonly Target[], figures: readonly ((minutes: number) => number)[]) =>
  async (values: readonly number[]): Promise<Tried[]> =>
    values.map(value => ({
      value,
      judged: figures.map((figure, i) => judge(targets[i]!, [figure(value / 60e6), figure(value / 60e6)], 0.95)),
    }))

async function solved(targets: readonly Target[], figures: ((minutes: number) => number)[], more: Partial<Quest> = {}) {
  const quest = questOf(targets, more)
  const tried = await solve(quest, exactly(targets, figures))
  const solution: Solution = {param: 'drain', quest, tried, confidence: 0.95, end: 1, ownEnd: 1, resultsAt: () => []}
  const answer = answerAmong(tried, quest.largest)
  return {tried, answer: answer && answer.value / 60e6, words: sentences(solution)}
}

const few = count('disruption.count <= 100')
const soon = count('release.duration <= 2h')
const cuts = (minutes: number) => 10_000 * Math.exp(-minutes / 10)

describe('the smallest value that meets a target', () => {
  test('is found to 2 % wherever it lies within a factor of 32', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({min: 1, max: 600, noNaN: true}), async wanted => {
        const {answer} = await solved([few], [minutes => (100 * wanted) / minutes])
        return answer! >= wanted * 0.999 && answer! <= wanted * 1.025
      }),
    )
  })

  test('is that of the exponential law: m ln 100 of drain leave one in a hundred', async () => {
    const {answer, words} = await solved([few], [cuts])
    expect(answer).toBeGreaterThanOrEqual(10 * Math.log(100) - 0.05)
    expect(answer).toBeLessThan(10 * Math.log(100) * 1.025)
    expect(words[0]).toMatch(/^drain=46m\S* is the smallest value tried that meets disruption.count <= 100, with 95 %/)
    expect(words[1]).toMatch(/^The next, 4[56]m\S*, misses disruption.count <= 100 \(10\d ± 0\)\.$/)
  })

  test('may be less than what the scenario has, or the whole range', async () => {
    expect((await solved([few], [minutes => 500 / minutes])).answer).toBeLessThan(5.15)
    const {answer, words} = await solved([few], [() => 1], {range: [minutes(1), minutes(9)]})
    expect(answer).toBe(1)
    expect(words[1]).toBe('Nothing smaller was tried: there the range ends.')
    expect((await solved([few], [() => 1])).words[1]).toMatch(/^Nothing smaller was tried: that is as far from 20m/)
  })

  test('of whole numbers is the next one', async () => {
    const whole = quantityOf('8')!
    const quest = questOf([few], {kind: whole, own: 8})
    const attempt = async (values: readonly number[]) =>
      values.map(value => ({value, judged: [judge(few, [1_000 - 40 * value, 1_000 - 40 * value], 0.95)]}))
    expect(answerAmong(await solve(quest, attempt), false)!.value).toBe(23)
  })
})

test('the largest value is found the same way', async () => {
  const {answer} = await solved([soon], [minutes => 60 * (3 * minutes + 5)], {largest: true})
  expect(answer).toBeLessThanOrEqual(115 / 3)
  expect(answer).toBeGreaterThan(115 / 3 / 1.03)
})

describe('several targets', () => {
  test('are met together where that is possible, however narrow', async () => {
    // At least 46.05 min, and at most 48.
    const {answer} = await solved([few, soon], [cuts, minutes => minutes * 150])
    expect(answer).toBeGreaterThan(46)
    expect(answer).toBeLessThanOrEqual(48)
  })

  test('that are in each other’s way are told with what each would take', async () => {
    const {answer, words} = await solved([few, soon], [cuts, minutes => minutes * 300])
    expect(answer).toBeUndefined()
    expect(words[0]).toMatch(/^No value of drain from \S+ to \S+ meets both targets with 95 % confidence\.$/)
    expect(words[1]).toBe('The targets are in each other’s way:')
    expect(words[2]).toMatch(/^disruption.count <= 100 is met from 4[67]m\S* on\.$/)
    expect(words[3]).toMatch(/^release.duration <= 2h is met up to (23m\S*|24m)\.$/)
  })
})

describe('where no value meets a target', () => {
  test('a heavy tail is told by its pace, and that more of the same is no way out', async () => {
    // Pareto's law of shape 1.5 leaves 1.2172 / √D: each doubling takes off 1 - 1/√2 = 29 %, and 1/100 is left after 10.3 days.
    const {answer, words} = await solved([few], [minutes => 12_172 / Math.sqrt(minutes)])
    expect(answer).toBeUndefined()
    expect(words[1]).toBe('disruption.count <= 100 comes nearest at 10h40m, with 481 ± 0.')
    expect(words[2]).toBe(
      'Each doubling takes off only 29 % of it, which is the mark of a heavy tail; at that pace it would take some 11 days. More of the same is no way out.',
    )
  })

  test('a light tail that is out of range is not called heavy', async () => {
    const {words} = await solved([few], [cuts], {range: [minutes(1), minutes(40)]})
    expect(words[2]).toMatch(/^It is still falling faster and faster/)
  })

  test('what the parameter does not change is told as that', async () => {
    expect((await solved([few], [() => 500])).words.join(' ')).toContain('is the same under all of them: 500 ± 0.')
  })
})

test('of a target that goes up and down again nothing is claimed between the values that were tried', async () => {
  const {words} = await solved([few], [minutes => (minutes > 8 && minutes < 30 ? 50 : 500)], {
    range: [minutes(1), minutes(256)],
  })
  expect(words[0]).toMatch(/^drain=\S+ is the smallest value tried/)
  expect(words.at(-1)).toMatch(
    /^Mind that disruption.count <= 100 goes both ways: it changes at \S+ and at \S+\. Values/,
  )
})

test('what the scenario refuses ends the search on that side', async () => {
  const known = exactly([few], [cuts])
  const attempt = async (values: readonly number[]) =>
    (await known(values)).map(it => (it.value > minutes(60) ? {value: it.value, judged: [], refused: 'too long'} : it))
  const tried = await solve(questOf([few]), attempt)
  expect(answerAmong(tried, false)!.value).toBeLessThan(minutes(47.5))
  expect(tried.filter(({refused}) => refused !== undefined).length).toBeLessThanOrEqual(3)
})

test('with 95 % confidence the target is truly met at the answer, for all that it was chosen', async () => {
  // Of 5,000 exponential sessions of 10 min, 50 outlive ln 100 times that. The interval has two sides, so that 2.5 % of
  // the answers may be too small.
  const random = new Simulator(1).random('sessions')
  const fifty = count('disruption.count <= 50')
  const answers: number[] = []
  for (const _ of range(300)) {
    const seeds = range(5).map(() => range(5_000).map(() => -10 * Math.log(random.uniform())))
    const attempt = async (values: readonly number[]) =>
      values.map(value => {
        const left = seeds.map(lives => lives.filter(life => minutes(life) > value).length)
        return {value, judged: [judge(fifty, left, 0.95)]}
      })
    const quest = questOf([fifty], {range: [minutes(30), minutes(70)]})
    answers.push(answerAmong(await solve(quest, attempt), false)!.value / 60e6)
  }
  const truth = 10 * Math.log(100)
  const enough = answers.filter(answer => answer >= truth).length
  expect(enough).toBeGreaterThan(300 * 0.975 - 4 * binomialDeviation(300, 0.975))
  expect(answers.filter(answer => answer < truth * 1.15).length).toBeGreaterThan(285)
})
