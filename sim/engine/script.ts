import type {Duration} from './time.ts'

/** What a script waits for; only the simulator knows what time it is. */
export type Wait =
  | {readonly condition?: Condition | undefined; readonly within: Duration}
  | {readonly scripts: readonly Script<unknown>[]}

/** A story told in simulated time: a generator that yields what it waits for and returns what came of it. */
// biome-ignore lint/suspicious/noExplicitAny: what comes back from a wait depends on the wait, which a generator's type cannot say.
export type Script<T = void> = Generator<Wait, T, any>

/** A script does what no script may: it yields something that is no wait, or goes round in a circle. */
export class ScriptMistake extends Error {
  override readonly name = 'ScriptMistake'
}

export const isScript = (value: unknown): value is Script =>
  typeof value === 'object' && value !== null && Symbol.iterator in value && 'next' in value

export const isWait = (value: unknown): value is Wait =>
  typeof value === 'object' && value !== null && ('scripts' in value || 'within' in value)

/** Someone to be told when a condition comes to hold. */
export interface Waiter {
  wake(): void
}

/**
 * Something that holds or does not: a level, not an edge.
 *
 * Whoever waits for what already holds goes straight on, so no wake-up can be missed. Waiters are resumed from the event
 * loop, at the same time and in the order in which they began to wait, never from inside `set`.
 */
export class Condition {
  #holds: boolean
  readonly #waiters = new Set<Waiter>()

  constructor(holds = false) {
    this.#holds = holds
  }

  get holds(): boolean {
    return this.#holds
  }

  set(holds: boolean): void {
    const begins = holds && !this.#holds
    this.#holds = holds
    if (begins) for (const waiter of this.#waiters) waiter.wake()
  }

  /** For the simulator: tells `waiter` whenever the condition comes to hold, until it leaves. */
  join(waiter: Waiter): void {
    this.#waiters.add(waiter)
  }

  /** For the simulator: takes back `join`. */
  leave(waiter: Waiter): void {
    this.#waiters.delete(waiter)
  }
}

/** Waits; `duration` is rounded to a whole microsecond, Infinity waits for ever. RangeError if it is negative or NaN. */
export function* sleep(duration: Duration): Script {
  yield {within: checked(duration)}
}

/**
 * Waits until `condition` holds, without a limit as long as that takes. True if it holds when the script goes on; false
 * when the limit has passed and it does not.
 *
 * A condition that came to hold and ceased to within the same instant has woken nobody: the script waits on, with what
 * is left of its limit. RangeError if `within` is negative or NaN.
 */
export function* until(condition: Condition, {within = Infinity}: {within?: Duration} = {}): Script<boolean> {
  const limit = checked(within)
  if (condition.holds) return true
  return yield {condition, within: limit}
}

/** Waits until one of several conditions holds; otherwise as `until`. */
export function* untilAny(conditions: readonly Condition[], limit: {within?: Duration} = {}): Script<boolean> {
  const holds = () => conditions.some(condition => condition.holds)
  const any = new Condition(holds())
  const waiter = {wake: () => any.set(true)}
  for (const condition of conditions) condition.join(waiter)
  yield* until(any, limit)
  for (const condition of conditions) condition.leave(waiter)
  return holds()
}

/** Runs scripts side by side and waits for the last of them; the results stand in the order of the scripts. */
export function* together<T>(scripts: readonly Script<T>[]): Script<T[]> {
  if (scripts.length === 0) return []
  return yield {scripts}
}

function checked(duration: Duration): Duration {
  if (!(duration >= 0)) throw new RangeError(`cannot wait for ${duration} µs: a wait is 0 or longer`)
  return Math.round(duration)
}
