import type {Random} from '../../engine/random.ts'
import {type Kind, noTimer, type Timer} from '../../engine/simulator.ts'
import {type Duration, seconds, type Time} from '../../engine/time.ts'
import {State} from '../connections.ts'
import type {Cause, Outcome} from '../events.ts'
import type {Process} from '../host/process.ts'
import type {JobWorkload} from '../options.ts'
import type {World} from '../world.ts'
import {Client} from './client.ts'
import {PoissonArrivals} from './rate.ts'

/** What somebody wants done some time. */
interface Job {
  readonly row: number
  /** How long a thread is busy with it. */
  readonly takes: Duration
  begun: number
  isQueued: boolean
  isOver: boolean
}

/** A thread of a process at work on a job. */
export interface JobRun {
  readonly job: Job
  readonly jobs: JobClient
  readonly process: Process
  readonly from: Time
  /** When it is done, and when the queue gives the job to another. */
  done: Timer
  shown: Timer
}

/** What became of the jobs of one workload, beside how they ended; times in microseconds. */
export class JobsTally {
  /** Given back by a process that has to go, and lost with one that was killed or had no power. */
  requeued = 0
  lost = 0
  /** Jobs that were begun a second time, and jobs that were done another time. */
  again = 0
  doneTwice = 0
  /** Of threads, on what was begun anew or was done already. */
  thrownAway: Duration = 0
}

/**
 * Jobs, which wait in a queue until a worker has a thread for them.
 *
 *     queue ──► running ──► done
 *       ▲          ├─ SIGTERM, and `requeueAfter` is over: given back, in front ──► queue
 *       │          └─ SIGKILL: nobody says a word
 *       ╰────── `visibility` after it was taken, unless it is done, whoever has it
 */
export class JobClient extends Client<JobWorkload> {
  readonly tally = new JobsTally()
  private readonly queue: Job[] = []
  private readonly runs: JobRun[] = []
  private readonly arrivals: PoissonArrivals
  private readonly lengths: Random
  private readonly finished: Kind
  private readonly shownAgain: Kind

  constructor(world: World, name: string, index: number, options: JobWorkload) {
    super(world, name, index, options)
    this.arrivals = new PoissonArrivals(options.rate, world.sim.random(`arrivals/${name}`))
    this.lengths = world.sim.random(`duration/${name}`)
    this.finished = world.sim.kind(`job-done/${name}`, id => this.finish(this.runs[id]!), 'routine')
    this.shownAgain = world.sim.kind(`job-visible/${name}`, id => this.show(this.runs[id]!.job), 'routine')
  }

  get asks(): boolean {
    return true
  }
  get repeatable(): boolean {
    return true
  }

  /** Those that are being worked on are met somewhere in their middle; as many as there are threads for. */
  start(): void {
    const {duration} = this.options
    const underWay = this.lengths.poisson((this.rateAtStart() * duration.mean) / seconds(1))
    for (let k = 0; k < underWay; k++) {
      const takes = duration.lengthBiased(this.lengths)
      this.add(takes, 0 - Math.round(takes * this.lengths.uniform()))
    }
    this.awaitNext()
  }

  private awaitNext(): void {
    const next = this.arrivals.next(this.world.options.end)
    if (next !== Number.POSITIVE_INFINITY) this.world.sim.at(next, this.world.arrival, this.index)
  }

  arrive(): void {
    this.awaitNext()
    this.add(this.options.duration.sample(this.lengths), this.world.sim.now)
  }

  private add(takes: Duration, since: Time): void {
    const row = this.newcomer()
    this.begin(row, since)
    this.connections.answerBy[row] = Number.POSITIVE_INFINITY
    this.connections.state[row] = State.waiting
    this.connections.work[row] = takes
    const job = {row, takes, begun: 0, isQueued: false, isOver: false}
    const worker = since < this.world.sim.now ? this.worker() : undefined
    if (worker !== undefined) return this.take(job, worker, since)
    job.isQueued = true
    this.queue.push(job)
    this.fetch()
  }

  /** Gives jobs to threads that have none, the first in the queue first. */
  fetch(): void {
    for (let worker = this.worker(); worker !== undefined && this.queue.length > 0; worker = this.worker()) {
      const job = this.queue.shift()!
      if (!job.isOver) this.take(job, worker, this.world.sim.now)
    }
  }

  /** The process with the most threads to spare. */
  private worker(): Process | undefined {
    let best: Process | undefined
    for (const {processes} of this.target.everyHost)
      for (const process of processes) if (spare(process) > (best === undefined ? 0 : spare(best))) best = process
    return best
  }

  private take(job: Job, process: Process, from: Time): void {
    const {sim} = this.world
    job.isQueued = false
    if (job.begun++ === 1) this.tally.again++
    const id = this.runs.length
    const shown = from + this.options.visibility
    const run: JobRun = {
      ...{job, jobs: this, process, from},
      done: sim.at(Math.max(sim.now, from + job.takes), this.finished, id),
      shown: shown < Number.POSITIVE_INFINITY ? sim.at(Math.max(sim.now, shown), this.shownAgain, id) : noTimer,
    }
    this.runs.push(run)
    process.jobs.add(run)
  }

  private finish(run: JobRun): void {
    const {job, process} = run
    this.leave(run)
    this.world.sim.cancel(run.shown)
    if (job.isOver) this.waste(run, 'doneTwice')
    else this.settle(job, process, 'completed', 'done')
    this.world.offerJobs(this.target)
  }

  private waste(run: JobRun, how: 'requeued' | 'lost' | 'doneTwice'): void {
    this.tally[how]++
    this.tally.thrownAway += this.world.sim.now - run.from
  }

  private leave(run: JobRun): void {
    run.process.jobs.delete(run)
    run.process.recount()
  }

  /** Another worker gets it, unless it is done. Who has it does not know. */
  private show(job: Job): void {
    if (job.isOver || job.isQueued) return
    job.isQueued = true
    this.queue.unshift(job)
    this.fetch()
  }

  /** Its process has to go, and gives it back. */
  giveBack(run: JobRun): void {
    this.abandon(run, 'requeued')
    this.world.sim.cancel(run.shown)
    this.show(run.job)
  }

  /** Its process is no more. Where nobody looks after jobs that were taken, nobody will ever do it. */
  lose(run: JobRun): void {
    this.abandon(run, 'lost')
    const {job, process} = run
    if (run.shown === noTimer && !job.isOver && !job.isQueued) this.settle(job, process, 'reset', 'job-lost')
  }

  private settle(job: Job, process: Process, outcome: Outcome, cause: Cause): void {
    const c = this.connections
    job.isOver = true
    c.acceptedBy[job.row] = process.id
    this.end(job.row, outcome, cause, this.world.sim.now - c.startedAt[job.row]!)
    c.free(job.row)
  }

  private abandon(run: JobRun, how: 'requeued' | 'lost'): void {
    this.world.sim.cancel(run.done)
    this.leave(run)
    this.waste(run, how)
  }

  connected(): void {}
  reached(): void {}
  answered(): void {}
  failed(): void {}
  retry(): void {}
  lateCause(): Cause {
    return 'request-timeout'
  }
}

/** Threads without a job of a process that takes more. */
const spare = ({state, accepts, jobs, host}: Process): number =>
  state === 'serving' && accepts ? (host.options.jobs?.threads ?? 0) - jobs.size : 0
