import type {Answer, Question} from './messages.ts'
import {startWorker} from './start.ts'

type Last<K extends Question['kind']> = Extract<Answer, {kind: K extends 'open' ? 'run' : K}>
export type Refusal = Extract<Answer, {kind: 'wrong' | 'failed'}>

/** A question under way: what it comes to, and how to have it no more. */
export interface Errand<K extends Question['kind']> {
  readonly answer: Promise<Last<K> | Refusal>
  /** The answer never comes. */
  cancel(): void
}

interface Job {
  readonly question: Question
  readonly progress: (done: number) => void
  readonly settle: (answer: Exclude<Answer, {kind: 'progress'}>) => void
  worker?: Worker
}

/** A few workers, each with the simulator in it, and a queue of questions for them. */
export class Engine {
  readonly #idle: Worker[] = []
  readonly #waiting: Job[] = []
  #workers = 0
  readonly #most: number

  constructor(most = Math.min(4, Math.max(1, navigator.hardwareConcurrency))) {
    this.#most = most
  }

  ask<K extends Question['kind']>(
    question: Extract<Question, {kind: K}>,
    progress: (done: number) => void = () => {},
  ): Errand<K> {
    let settle: Job['settle'] = () => {}
    const answer = new Promise<Last<K> | Refusal>(resolve => {
      settle = resolve as Job['settle']
    })
    const job: Job = {question, progress, settle}
    this.#waiting.push(job)
    this.#next()
    return {answer, cancel: () => this.#cancel(job)}
  }

  #next(): void {
    const job = this.#waiting[0]
    if (job === undefined) return
    const worker = this.#idle.pop() ?? (this.#workers < this.#most ? this.#hire() : undefined)
    if (worker === undefined) return
    this.#waiting.shift()
    this.#give(worker, job)
    this.#next()
  }

  #hire(): Worker {
    this.#workers++
    return startWorker()
  }

  #give(worker: Worker, job: Job): void {
    job.worker = worker
    worker.onmessage = ({data}: MessageEvent<Answer>) => {
      if (data.kind === 'progress') return job.progress(data.done)
      this.#idle.push(worker)
      job.settle(data)
      this.#next()
    }
    worker.onerror = event => {
      this.#dismiss(worker)
      job.settle({kind: 'failed', message: event.message || 'the worker with the simulator could not be started'})
      this.#next()
    }
    worker.postMessage(job.question)
  }

  /** A run does not look up from its work, so its worker is ended with it. */
  #cancel(job: Job): void {
    const place = this.#waiting.indexOf(job)
    if (place >= 0) this.#waiting.splice(place, 1)
    else if (job.worker !== undefined && !this.#idle.includes(job.worker)) this.#dismiss(job.worker)
    this.#next()
  }

  #dismiss(worker: Worker): void {
    worker.terminate()
    this.#workers--
  }
}
