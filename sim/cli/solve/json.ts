import type {Asked} from '../../experiment/measure.ts'
import {type Solution, sentences} from '../../experiment/solution.ts'
import {answerAmong} from '../../experiment/solve.ts'
import {estimateOf, frontOf} from '../terminal/solution.ts'

/** All that was tried, for another program: values as a scenario has them, numbers as a report has them. */
export function json(solution: Solution, measures: readonly Asked[], about: Readonly<Record<string, unknown>>) {
  const {param, quest, tried, confidence} = solution
  const {targets, kind, largest} = quest
  const answer = targets.length === 0 ? undefined : answerAmong(tried, largest)
  const on = frontOf(measures, solution)
  return {
    schema: 'zdr-solution/1',
    ...about,
    param,
    confidence,
    targets: targets.map(({measure, sense, bound}) => ({measure: measure.name, [sense]: bound})),
    answer: answer === undefined ? null : kind.format(answer.value),
    words: sentences(solution, measures),
    tried: tried.map((it, i) => ({
      value: kind.format(it.value),
      ...(it.refused !== undefined && {refused: it.refused}),
      targets: it.judged.map(({estimate, state, needed}) => ({
        mean: estimate?.mean ?? null,
        half: estimate?.half ?? null,
        state,
        ...(needed !== undefined && {needed: Number.isFinite(needed) ? needed : null}),
      })),
      ...(measures.length > 0 && {
        measures: Object.fromEntries(
          measures.map(measure => [measure.name, interval(estimateOf(measure, it, solution))]),
        ),
        front: on[i],
      }),
    })),
  }
}

const interval = (it: {readonly mean: number; readonly half: number} | undefined) =>
  it === undefined ? null : {mean: it.mean, half: it.half}
