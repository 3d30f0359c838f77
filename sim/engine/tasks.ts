import {assert} from './assert.ts'
import {noTimer, type Timer} from './event-queue.ts'
import {type Condition, isWait, type Script, ScriptMistake, type Wait, type Waiter} from './script.ts'
import type {Kind, Simulator} from './simulator.ts'
import type {Duration, Time} from './time.ts'

/** One running script, and what it waits for. */
class Task implements Waiter {
  readonly script: Script<unknown>
  readonly done: (result: unknown) => void
  readonly #tasks: Tasks
  readonly #row: number
  /** What the next step is given. */
  answer: unknown
  condition: Condition | undefined
  /** When the wait ends for want of the condition. */
  limit: Timer = noTimer
  /** When the script is to look whether its condition holds. */
  #wakeUp: Timer = noTimer

  constructor(tasks: Tasks, row: number, script: Script<unknown>, done: (result: unknown) => void) {
    this.#tasks = tasks
    this.#row = row
    this.script = script
    this.done = done
  }

  /** Has the script go on at this instant, in an event of its own. */
  wake(): void {
    if (this.#wakeUp === noTimer) this.#wakeUp = this.#tasks.soon(this.#row)
  }

  /** Whether the script may go on now; if its condition ceased to hold meanwhile, it waits on. */
  mayGoOn(): boolean {
    this.#wakeUp = noTimer
    if (this.condition === undefined) return true
    if (!this.condition.holds) return false
    this.answer = true
    return true
  }

  /** Ends the wait because its time is up. */
  giveUp(): void {
    this.limit = noTimer
    this.answer = this.condition?.holds
  }

  /** Forgets all that the wait had arranged. */
  stopWaiting(): void {
    this.condition?.leave(this)
    this.condition = undefined
    this.#tasks.forget(this.limit)
    this.#tasks.forget(this.#wakeUp)
    this.limit = noTimer
    this.#wakeUp = noTimer
  }
}

/** Steps that scripts may take before time passes; whoever takes more goes round in a circle. */
const mostStepsAtOnce = 1_000_000

/** The scripts that are under way. Every step of every script is an event of its own. */
export class Tasks {
  readonly #sim: Simulator
  readonly #goOn: Kind
  readonly #timeUp: Kind
  readonly #tasks: (Task | undefined)[] = []
  readonly #free: number[] = []
  #instant: Time = 0
  #stepsAtOnce = 0

  constructor(sim: Simulator) {
    this.#sim = sim
    this.#goOn = sim.kind('script', row => this.#resume(row))
    this.#timeUp = sim.kind('script-time-up', row => this.#expire(row))
  }

  start(script: Script<unknown>, done: (result: unknown) => void): void {
    const row = this.#free.pop() ?? this.#tasks.length
    const task = new Task(this, row, script, done)
    this.#tasks[row] = task
    task.wake()
  }

  soon(row: number): Timer {
    return this.#sim.in(0, this.#goOn, row)
  }

  forget(timer: Timer): void {
    this.#sim.cancel(timer)
  }

  #resume(row: number): void {
    const task = this.#at(row)
    if (task.mayGoOn()) this.#step(row, task)
  }

  #expire(row: number): void {
    const task = this.#at(row)
    task.giveUp()
    this.#step(row, task)
  }

  #step(row: number, task: Task): void {
    task.stopWaiting()
    this.#countStep()
    const {answer} = task
    task.answer = undefined
    const next = task.script.next(answer)
    if (next.done) this.#finish(row, task, next.value)
    else if (isWait(next.value)) this.#wait(row, task, next.value)
    else
      throw new ScriptMistake(
        'a script waits with yield* sleep(…), yield* until(…) or yield* together(…), not with yield',
      )
  }

  #countStep(): void {
    if (this.#sim.now > this.#instant) this.#stepsAtOnce = 0
    this.#instant = this.#sim.now
    if (++this.#stepsAtOnce > mostStepsAtOnce) throw new ScriptMistake('scripts go on and on, and no time passes')
  }

  #finish(row: number, task: Task, result: unknown): void {
    this.#tasks[row] = undefined
    this.#free.push(row)
    task.done(result)
  }

  #wait(row: number, task: Task, wait: Wait): void {
    if ('scripts' in wait) this.#startAll(task, wait.scripts)
    else this.#waitFor(row, task, wait.condition, wait.within)
  }

  #waitFor(row: number, task: Task, condition: Condition | undefined, within: Duration): void {
    if (within < Infinity) task.limit = this.#sim.in(within, this.#timeUp, row)
    if (condition === undefined) return
    task.condition = condition
    condition.join(task)
    if (condition.holds) task.wake()
  }

  #startAll(parent: Task, scripts: readonly Script<unknown>[]): void {
    const results = new Array<unknown>(scripts.length)
    let missing = scripts.length
    parent.answer = results
    for (const [i, script] of scripts.entries())
      this.start(script, result => {
        results[i] = result
        missing--
        if (missing === 0) parent.wake()
      })
  }

  #at(row: number): Task {
    const task = this.#tasks[row]
    assert(task !== undefined, () => `script ${row} was resumed after its end`)
    return task
  }
}
