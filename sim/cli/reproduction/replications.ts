import {once} from 'node:events'
import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {Worker} from 'node:worker_threads'
import {replicate} from '../../reproduction/replication.ts'
import type {Reading} from '../../reproduction/target.ts'
import {isSimulated, targets} from '../../reproduction/targets.ts'
import type {Scenario} from '../../scenario/scenario.ts'
import {known} from '../../strategies/index.ts'
import {RunFailure} from '../failure.ts'
import {packageFolder} from '../package-folder.ts'
import {readScenario} from '../simulation.ts'

/** One target with one seed. */
export interface Task {
  readonly id: string
  readonly seed: number
}
export type Answer = {readonly reading: Reading} | {readonly failure: unknown}

/** Runs it here and now; what goes wrong is an answer too. */
export function replication({id, seed}: Task): Answer {
  const target = targets.find(it => it.id === id)
  try {
    if (target === undefined || !isSimulated(target)) throw new RangeError(`${id} is not simulated`)
    return {reading: replicate(target, seed, shipped)}
  } catch (failure) {
    return {failure}
  }
}

function shipped(name: string, overrides: readonly string[]): Scenario {
  const result = readScenario(name, known, overrides)
  if ('scenario' in result) return result.scenario
  throw new Error(result.mistakes.join('\n'))
}

/**
 * The readings of all tasks, in their order, worked out by so many threads; `done` is told of each that is there.
 * Who did which does not show in what comes out.
 */
export async function replications(
  tasks: readonly Task[],
  threads: number,
  done: (count: number, last: Task) => void,
): Promise<Reading[]> {
  const readings: Reading[] = []
  const rest = [...tasks.entries()]
  let count = 0
  const work = async (ask: (task: Task) => Promise<Answer>) => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
      const [place, task] = next
      readings[place] = readingOf(await ask(task), task)
      done(++count, task)
    }
  }
  await sharedBy(Math.min(threads, tasks.length), work)
  return readings
}

function readingOf(answer: Answer, {id, seed}: Task): Reading {
  if ('reading' in answer) return answer.reading
  throw new RunFailure(answer.failure, `zdr reproduce ${id} --seed ${seed} --seeds 2`)
}

const workerFile = join(packageFolder, 'dist', 'worker.js')

async function sharedBy(threads: number, work: (ask: (task: Task) => Promise<Answer>) => Promise<void>): Promise<void> {
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
