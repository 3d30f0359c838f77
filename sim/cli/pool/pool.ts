import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {setImmediate} from 'node:timers/promises'
import {packageFolder} from '../package-folder.ts'
import type * as worker from './worker.ts'

type Jobs = typeof worker
/** What the threads of a pool can be asked for. */
export type Job = keyof Jobs
export type Task<J extends Job> = Parameters<Jobs[J]>[0]
/** What a job came to. A thread that ended under it, for want of memory or because a strategy ended it, leaves a failure. */
export type Answer<J extends Job> = {readonly value: Awaited<ReturnType<Jobs[J]>>} | {readonly failure: unknown}

export interface PoolOptions {
  readonly threads: number
  /** Ends all threads at once. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Has tasks done by several threads, and gives each with its answer as soon as that is there, in whatever order. Tasks
 * are taken from their source as threads become free, so that there may be any number of them. Whoever leaves the loop ends
 * the threads. Throws what the signal was aborted with.
 */
export async function* answers<J extends Job>(
  job: J,
  tasks: Iterable<Task<J>>,
  {threads, signal}: PoolOptions,
): AsyncGenerator<readonly [task: Task<J>, answer: Answer<J>]> {
  const crew = await crewOf(job, threads, signal)
  const rest = tasks[Symbol.iterator]()
  const asked = new Map<Task<J>, Promise<readonly [Task<J>, Answer<J>]>>()
  try {
    for (;;) {
      while (asked.size < crew.most) {
        const next = rest.next()
        if (next.done) break
        const task = next.value
        asked.set(
          task,
          crew.ask(task).then(answer => [task, answer]),
        )
      }
      if (asked.size === 0) return
      const answered = await Promise.race(asked.values())
      signal?.throwIfAborted()
      // Others may have been answered meanwhile; each stays until it is this one's turn.
      asked.delete(answered[0])
      yield answered
    }
  } finally {
    await crew.end()
  }
}

interface Crew<J extends Job> {
  /** Tasks that it has at a time, so that nobody is idle between two of them. */
  readonly most: number
  /** Never throws. */
  ask(task: Task<J>): Promise<Answer<J>>
  end(): Promise<void>
}

const workerFile = join(packageFolder, 'dist', 'worker.js')

async function crewOf<J extends Job>(job: J, threads: number, signal: AbortSignal | undefined): Promise<Crew<J>> {
  // From its sources, as tests run it, there is no file for a thread to begin with.
  if (!existsSync(workerFile) || !import.meta.url.includes('/dist/')) return alone(job)
  const {Piscina} = await import('piscina')
  const pool = new Piscina<Task<J>>({
    filename: workerFile,
    name: job,
    minThreads: threads,
    maxThreads: threads,
    maxQueue: threads,
  })
  return {
    most: 2 * threads,
    ask: task => answered<J>(pool.run(task, {signal: signal ?? null})),
    end: () => pool.destroy(),
  }
}

/** Whoever asks does it, one task after the other. */
async function alone<J extends Job>(job: J): Promise<Crew<J>> {
  const jobs: Record<Job, (task: never) => unknown> = await import('./worker.ts')
  return {
    most: 1,
    // Between two tasks there is time for what else has happened, such as a signal.
    ask: async task => answered<J>(setImmediate().then(() => jobs[job](task as never))),
    async end() {},
  }
}

const answered = <J extends Job>(value: Promise<unknown>): Promise<Answer<J>> =>
  value.then(
    value => ({value}) as Answer<J>,
    (failure: unknown) => ({failure}),
  )
