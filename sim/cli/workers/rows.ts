import type {Cell} from '../../experiment/cell.ts'
import {refusal} from './connection.ts'
import {Desk, type Made} from './desk.ts'
import type {Place} from './place.ts'

/**
 * Cells with the rows that workers at a Redis make of them, in whatever order. Throws what the signal was aborted with, and a
 * UserError if Redis cannot be used, or refuses to go on.
 */
export async function* rowsByWorkers(
  cells: Iterable<Cell>,
  place: Place,
  signal: AbortSignal,
  tell: (note: string) => void,
): AsyncGenerator<Made> {
  const rest = cells[Symbol.iterator]()
  const orAborted = abortable(signal)
  const desk = await orAborted(Desk.open(place, tell))
  try {
    for (;;) {
      await orAborted(desk.ask(rest))
      if (desk.isIdle) return
      const made = await orAborted(desk.arrived())
      yield* made
      // Only now is whoever asked done with them.
      await orAborted(desk.taken(made))
    }
  } catch (error) {
    throw refusal(error, place)
  } finally {
    await desk.close()
  }
}

/** Waits for something no longer than until the signal is aborted, for what waits for a lost connection may wait long. */
function abortable(signal: AbortSignal): <T>(work: Promise<T>) => Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, {once: true})
  })
  aborted.catch(() => {})
  return work => Promise.race([work, aborted])
}
