import {families, replicate} from '../../reproduction/replication.ts'
import type {Reading, Target} from '../../reproduction/target.ts'
import {isSimulated, targets} from '../../reproduction/targets.ts'
import type {Scenario} from '../../scenario/scenario.ts'
import {known} from '../../strategies/index.ts'
import {RunFailure} from '../failure.ts'
import {answers, type PoolOptions} from '../pool/pool.ts'
import {readScenario} from '../simulation.ts'

/** Targets that have runs in common, with one seed. */
export interface Task {
  readonly ids: readonly string[]
  readonly seed: number
}
/** A reading for each of the targets of a task, in their order. */
export type Answer = {readonly readings: readonly Reading[]} | {readonly failure: unknown}

/** Runs it here and now; what goes wrong is an answer too. */
export function replication({ids, seed}: Task): Answer {
  const wanted = targets.filter(isSimulated).filter(({id}) => ids.includes(id))
  try {
    return {readings: replicate(wanted, seed, shipped)}
  } catch (failure) {
    return {failure}
  }
}

function shipped(name: string, overrides: readonly string[]): Scenario {
  const result = readScenario(name, known, overrides)
  if ('scenario' in result) return result.scenario
  throw new Error(result.mistakes.join('\n'))
}

/** What is to be done for these targets with these seeds; seed by seed, so that the last tasks are small ones too. */
export const tasksFor = (wanted: readonly Target[], seeds: readonly number[]): Task[] =>
  seeds.flatMap(seed => families(wanted).map(family => ({ids: inOrder(family), seed})))

/** Whoever is asked answers in the order of all targets. */
const inOrder = (family: readonly Target[]): string[] =>
  targets.flatMap(({id}) => (family.some(it => it.id === id) ? [id] : []))

/**
 * Target → its readings in the order of the seeds; `done` is told of each task that is done. Who did which does not show in
 * what comes out.
 */
export async function replications(
  tasks: readonly Task[],
  options: PoolOptions,
  done: (count: number, last: Task) => void,
): Promise<ReadonlyMap<string, readonly Reading[]>> {
  const readings = new Map<Task, readonly Reading[]>()
  for await (const [task, answer] of answers('replication', tasks, options)) {
    readings.set(task, readingsOf('value' in answer ? answer.value : answer, task))
    done(readings.size, task)
  }
  return byTarget(tasks, readings)
}

function byTarget(tasks: readonly Task[], found: ReadonlyMap<Task, readonly Reading[]>): Map<string, Reading[]> {
  const readings = new Map<string, Reading[]>()
  for (const task of tasks)
    for (const [i, id] of task.ids.entries()) readings.set(id, [...(readings.get(id) ?? []), found.get(task)![i]!])
  return readings
}

function readingsOf(answer: Answer, {ids, seed}: Task): readonly Reading[] {
  if ('readings' in answer) return answer.readings
  throw new RunFailure(answer.failure, `zdr reproduce ${ids.join(' ')} --seed ${seed} --seeds 2`)
}
