import {once} from 'node:events'
import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {Worker} from 'node:worker_threads'
import {families, replicate} from '../../reproduction/replication.ts'
import type {Reading, Target} from '../../reproduction/target.ts'
import {isSimulated, targets} from '../../reproduction/targets.ts'
import type {Scenario} from '../../scenario/scenario.ts'
import {known} from '../../strategies/index.ts'
import {RunFailure} from '../failure.ts'
import {packageFolder} from '../package-folder.ts'
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
 * Target → its readings in the order of the seeds, worked out by so many threads; `done` is told of each task that is
 * done. Who did which does not show in what comes out.
 */
export async function replications(
  tasks: readonly Task[],
  threads: number,
  done: (count: number, last: Task) => void,
): Promise<ReadonlyMap<string, readonly Reading[]>> {
  const answers: (readonly Reading[])[] = []
  const rest = [...tasks.entries()]
  let count = 0
  await sharedBy(Math.min(threads, tasks.length), async ask => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
      const [place, task] = next
      answers[place] = readingsOf(await ask(task), task)
      done(++count, task)
    }
  })
  return byTarget(tasks, answers)
}

function byTarget(tasks: readonly Task[], answers: readonly (readonly Reading[])[]): Map<string, Reading[]> {
  const readings = new Map<string, Reading[]>()
  for (const [place, {ids}] of tasks.entries())
    for (const [i, id] of ids.entries()) readings.set(id, [...(readings.get(id) ?? []), answers[place]![i]!])
  return readings
}

function readingsOf(answer: Answer, {ids, seed}: Task): readonly Reading[] {
  if ('readings' in answer) return answer.readings
  throw new RunFailure(answer.failure, `zdr reproduce ${ids.join(' ')} --seed ${seed} --seeds 2`)
}

type Ask = (task: Task) => Promise<Answer>

const workerFile = join(packageFolder, 'dist', 'worker.js')

/** Has `work` done by each of so many threads at once. */
async function sharedBy(threads: number, work: (ask: Ask) => Promise<void>): Promise<void> {
  // From its sources, as tests run it, there is no file for a thread to begin with.
  if (!existsSync(workerFile) || !import.meta.url.includes('/dist/')) return work(async task => replication(task))
  const workers = Array.from({length: threads}, () => new Worker(workerFile))
  try {
    await Promise.all(workers.map(worker => work(task => asked(worker, task))))
  } finally {
    await Promise.all(workers.map(worker => worker.terminate()))
  }
}

async function asked(worker: Worker, task: Task): Promise<Answer> {
  const answer = once(worker, 'message')
  worker.postMessage(task)
  const [message] = await answer
  return message
}
