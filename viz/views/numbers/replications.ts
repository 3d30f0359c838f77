import type {Report} from '../../../sim/metrics/report.ts'
import type {Desk} from '../../desk/desk.ts'
import type {ReadyRun} from '../../desk/run.ts'
import {Signal} from '../../draw/signal.ts'
import type {Play} from '../../worker/messages.ts'

/** A run with its report. */
export type Reported = ReadyRun & {readonly report: Report}

/** The runs on the desk under further seeds, one after the one that they have. */
export class Replications {
  /** How many there are to be, and how many are there, over all lanes. */
  readonly wanted = new Signal(0)
  readonly done = new Signal(0)
  /** Of each lane the reports in the order of their seeds, once all are there. */
  readonly reports = new Signal<readonly (readonly Report[])[] | undefined>(undefined)
  readonly #desk: Desk
  #errands = new Set<{cancel(): void}>()
  /** Of which start this is: what was started before tells nobody anything. */
  #round = 0

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** Runs each lane under so many seeds, of which it has the first. */
  start(runs: readonly Reported[], seeds: number): void {
    this.cancel()
    const lanes = runs.map(({report}) => [report])
    const plays = runs.flatMap((run, lane) =>
      Array.from({length: seeds - 1}, (_, k) => ({lane, place: k + 1, play: playOf(this.#desk, run, k + 1)})),
    )
    // By seed and not by lane, so that lanes are equally far.
    plays.sort((a, b) => a.place - b.place)
    this.wanted.set(plays.length)
    const round = this.#round
    const next = (): void => {
      const job = plays.shift()
      if (job === undefined) return
      const errand = this.#desk.engine.ask({kind: 'report', ...job.play})
      this.#errands.add(errand)
      void errand.answer.then(answer => {
        this.#errands.delete(errand)
        if (round !== this.#round) return
        if (answer.kind !== 'report') return this.#fail(answer.kind === 'failed' ? answer.message : '')
        lanes[job.lane]![job.place] = answer.report
        this.done.set(this.done.value + 1)
        if (this.done.value === this.wanted.value) this.#finish(lanes)
        next()
      })
    }
    for (let k = 0; k < atATime; k++) next()
  }

  cancel(): void {
    this.#round++
    for (const errand of this.#errands) errand.cancel()
    this.#errands.clear()
    this.wanted.set(0)
    this.done.set(0)
    this.reports.set(undefined)
  }

  #finish(lanes: readonly (readonly Report[])[]): void {
    this.wanted.set(0)
    this.reports.set(lanes)
  }

  #fail(message: string): void {
    this.cancel()
    this.#desk.notice.set(message)
  }
}

/** A worker is left for whatever somebody changes meanwhile. */
const atATime = Math.min(3, Math.max(1, navigator.hardwareConcurrency - 1))

function playOf({sheet}: Desk, {lane, report}: Reported, further: number): Play {
  const {source} = sheet.value!
  return {
    source: {...source, sets: [...source.sets, ...lane.sets]},
    seed: report.seed + further,
    ...(lane.replace !== undefined && {replace: lane.replace}),
  }
}
