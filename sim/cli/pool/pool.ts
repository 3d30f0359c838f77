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

/** Threads that stay for as many questions as there are. */
export interface Pool {
  /** Has tasks done, and gives each with its answer as soon as that is there, in whatever order; see `answers`. */
  answers<J extends Job>(job: J, tasks: Iterable<Task<J>>): AsyncGenerator<readonly [task: Task<J>, answer: Answer<J>]>
  end(): Promise<void>
}

/**
 * Has tasks done by several threads, and gives each with its answer as soon as that is there, in whatever order. Tasks
 * are taken from their source as threads become free, so that there may be any number of them. Whoever leaves the loop ends
 * the threads. Throws what the signal was aborted with.
 */
export async function* answers<J extends Job>(job: J, tasks: Iterable<Task<J>>, options: PoolOptions) {
  const pool = await poolOf(options)
  try {
    yield* pool.answers(job, tasks)
  } finally {
    await pool.end()
  }
}

/** Whoever opens one has to end it. */
export async function poolOf({threads, signal}: PoolOptions): Promise<Pool> {
  const crew = await crewOf(threads)
  return {
    answers: (job, tasks) => answered(crew, job, tasks, signal),
    end: () => crew.end(),
  }
}

async function* answered<J extends Job>(crew: Crew, job: J, tasks: Iterable<Task<J>>, signal: AbortSignal | undefined) {
  const rest = tasks[Symbol.iterator]()
  const asked = new Map<Task<J>, Promise<readonly [Task<J>, Answer<J>]>>()
  const left = new AbortController()
  const stop = signal === undefined ? left.signal : AbortSignal.any([signal, left.signal])
  try {
    for (;;) {
      while (asked.size < crew.most) {
        const next = rest.next()
        if (next.done) break
        const task = next.value
        asked.set(
          task,
          settled<J>(crew.ask(job, task, stop)).then(answer => [task, answer]),
        )
      }
      if (asked.size === 0) return
      const answer = await Promise.race(asked.values())
      signal?.throwIfAborted()
      // Others may have been answered meanwhile; each stays until it is its turn.
      asked.delete(answer[0])
      yield answer
    }
  } finally {
    // Whoever leaves the loop wants no more answers, and the threads may be asked for others.
    left.abort()
    await Promise.all(asked.values())
  }
}

const settled = <J extends Job>(value: Promise<unknown>): Promise<Answer<J>> =>
  value.then(
    value => ({value}) as Answer<J>,
    (failure: unknown) => ({failure}),
  )

interface Crew {
  /** Tasks that it has at a time, so that nobody is idle between two of them. */
  readonly most: number
  ask(job: Job, task: unknown, stop: AbortSignal): Promise<unknown>
  end(): Promise<void>
}

const workerFile = join(packageFolder, 'dist', 'worker.js')

async function crewOf(threads: number): Promise<Crew> {
  // From its sources, as tests run it, there is no file for a thread to begin with.
  if (!existsSync(workerFile) || !import.meta.url.includes('/dist/')) return alone()
  const {Piscina} = await import('piscina')
  const pool = new Piscina({filename: workerFile, minThreads: threads, maxThreads: threads, maxQueue: threads})
  return {
    most: 2 * threads,
    ask: (name, task, signal) => pool.run(task, {name, signal}),
    end: () => pool.destroy(),
  }
}

/** Whoever asks does it, one task after the other. */
async function alone(): Promise<Crew> {
  const jobs: Record<Job, (task: never) => unknown> = await import('./worker.ts')
  return {
    most: 1,
    // Between two tasks there is time for what else has happened, such as a signal.
    ask: (job, task) => setImmediate().then(() => jobs[job](task as never)),
    async end() {},
  }
}
