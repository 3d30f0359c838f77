import type {Time} from '../../sim/engine/time.ts'
import type {ActorId} from '../../sim/net/events.ts'
import type {ScenarioError} from '../../sim/scenario/error.ts'
import {fewWays, mostWays} from '../../sim/side-by-side.ts'
import {Signal} from '../draw/signal.ts'
import type {Span} from '../draw/timeline.ts'
import {Engine, type Errand} from '../worker/engine.ts'
import type {Source} from '../worker/messages.ts'
import type {Outline} from '../worker/outline.ts'
import {Clock} from './clock.ts'
import {isReady, type Lane, laneOf, type ReadyRun, type Run, ready, titleOf} from './run.ts'

/** What is simulated: a scenario, a seed, and up to four ways to release it. */
export interface Sheet {
  readonly source: Source
  /** In place of the scenario's own. */
  readonly seed?: number
  /** The usual ones of the scenario if left out. */
  readonly lanes?: readonly Lane[]
}

/** What somebody points at, in the run that is looked at closely: rows are those of the recording's tables. */
export type Picked =
  | {readonly kind: 'host'; readonly host: ActorId}
  | {readonly kind: 'disruption'; readonly row: number}
  | {readonly kind: 'life'; readonly row: number}

export const views = ['charts', 'hosts', 'connections', 'events', 'numbers'] as const
export type ViewName = (typeof views)[number]
export const mostLanes = mostWays

/** Everything that lies open: what is simulated, what came of it, and what is being looked at. Views share nothing else. */
export class Desk {
  readonly engine = new Engine()
  readonly clock = new Clock()
  readonly sheet = new Signal<Sheet | undefined>(undefined)
  readonly outline = new Signal<Outline | undefined>(undefined)
  /** What is wrong with the scenario; while there is something, the runs are those of before. */
  readonly errors = new Signal<readonly ScenarioError[]>([])
  readonly runs = new Signal<readonly Run[]>([])
  /** Index of the run that is looked at closely. */
  readonly focus = new Signal(0)
  readonly window = new Signal<Span>({from: 0, to: 0})
  /** Where the pointer is in time, for the crosshair of all charts and lanes. */
  readonly cursor = new Signal<Time | undefined>(undefined)
  readonly picked = new Signal<Picked | undefined>(undefined)
  readonly view = new Signal<ViewName>('charts')
  /** A sentence for whoever cannot see what has changed, and for everybody when something went wrong. */
  readonly notice = new Signal('')
  /** What a worker was asked to read: a scenario or a trace. */
  #reading: {cancel(): void} | undefined
  readonly #running = new Map<Lane, Errand<'run'>>()

  get ready(): readonly ReadyRun[] {
    return this.runs.value.filter(isReady)
  }

  /** The run that is looked at closely, once it is there. */
  get focused(): ReadyRun | undefined {
    const run = this.runs.value[this.focus.value]
    return run !== undefined && isReady(run) ? run : undefined
  }

  /** Simulates what a sheet says, but lanes whose runs are known. Time and window stay where they are if the scenario's end does. */
  async show(sheet: Sheet, known: readonly Run[] = []): Promise<void> {
    this.cancel()
    const errand = this.engine.ask({kind: 'outline', source: sheet.source})
    this.#reading = errand
    const answer = await errand.answer
    if (answer.kind === 'wrong') this.errors.set(answer.errors)
    else if (answer.kind === 'failed') this.notice.set(answer.message)
    else this.#run(sheet, answer.outline, known)
  }

  /** The lanes of the sheet with some in place of them; what stays as it was is not run again, and goes on if it runs. */
  setLanes(lanes: readonly Lane[]): void {
    const {sheet, outline} = this
    if (sheet.value !== undefined && outline.value !== undefined)
      this.#run({...sheet.value, lanes: lanes.slice(0, mostLanes)}, outline.value, this.runs.value)
  }

  /** Shows a trace from a file of that name, beside others that were opened before, if `beside`. Gives whether it could. */
  async open(file: Blob, name: string, beside = false): Promise<boolean> {
    this.cancel()
    const errand = this.engine.ask({kind: 'open', file})
    this.#reading = errand
    const answer = await errand.answer
    if (answer.kind !== 'run') {
      this.notice.set(answer.kind === 'failed' ? `${titleOf(name)}: ${answer.message}` : '')
      return false
    }
    const {recording, report, summary} = answer
    const others = beside && this.sheet.value === undefined ? this.ready : []
    const lane = {...laneOf(name, recording, others), ...(summary !== undefined && {summary})}
    this.errors.set([])
    this.sheet.set(undefined)
    this.outline.set(undefined)
    this.runs.set([...others, ready(lane, recording, report)].slice(-mostLanes))
    this.focus.set(0)
    this.#lay(Math.max(...this.ready.map(({recording}) => recording.end)))
    return true
  }

  /** The file of the scenario on the desk, as somebody wrote it; empty where there is only a trace. */
  async text(): Promise<string> {
    const source = this.sheet.value?.source
    if (source === undefined) return ''
    const answer = await this.engine.ask({kind: 'text', source}).answer
    return answer.kind === 'text' ? answer.text : ''
  }

  /** Ends what is being simulated. */
  cancel(): void {
    this.#reading?.cancel()
    this.#stop(this.#running.keys())
    const running = this.runs.value.some(({state}) => state === 'running')
    if (running) this.runs.set(this.runs.value.filter(({state}) => state !== 'running'))
  }

  #stop(lanes: Iterable<Lane>): void {
    for (const lane of [...lanes]) {
      this.#running.get(lane)?.cancel()
      this.#running.delete(lane)
    }
  }

  #run(sheet: Sheet, outline: Outline, before: readonly Run[] = []): void {
    const lanes: readonly Lane[] =
      sheet.lanes ?? fewWays(outline.usual, outline.releases).map(way => ({...way, sets: []}))
    this.errors.set([])
    this.outline.set(outline)
    this.sheet.set({...sheet, lanes})
    this.#lay(outline.end)
    this.focus.set(Math.min(this.focus.value, lanes.length - 1))
    const known = (lane: Lane) => before.find(run => run.lane === lane && run.state !== 'failed')
    this.#stop([...this.#running.keys()].filter(lane => !lanes.includes(lane)))
    this.runs.set(lanes.map(lane => known(lane) ?? {lane, state: 'running', done: 0}))
    for (const lane of lanes) if (!known(lane)) this.#start(sheet, lane)
  }

  #start({source, seed}: Sheet, lane: Lane): void {
    const sets = [...source.sets, ...lane.sets]
    const errand = this.engine.ask(
      {
        kind: 'run',
        source: {...source, sets},
        ...(seed !== undefined && {seed}),
        ...(lane.replace !== undefined && {replace: lane.replace}),
      },
      done => this.#put({lane, state: 'running', done}),
    )
    void errand.answer.then(answer => {
      this.#running.delete(lane)
      if (answer.kind === 'run') this.#put(ready(lane, answer.recording, answer.report))
      else if (answer.kind === 'failed') this.#put({lane, state: 'failed', message: answer.message})
      else
        this.#put({
          lane,
          state: 'failed',
          message: answer.errors.map(({found, wanted, path}) => `${path}: found ${found}, wanted ${wanted}`).join('; '),
        })
    })
    this.#running.set(lane, errand)
  }

  #put(run: Run): void {
    this.runs.set(this.runs.value.map(other => (other.lane === run.lane ? run : other)))
  }

  /** A new stretch of time is on the desk. */
  #lay(end: Time): void {
    if (this.clock.end.value === end) return
    this.clock.end.set(end)
    this.clock.seek(0)
    this.window.set({from: 0, to: end})
    this.clock.speed.set(Math.min(1000, Math.max(1, Math.round(end / 45_000_000))))
  }
}
