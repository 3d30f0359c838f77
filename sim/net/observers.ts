import type {Observer} from './events.ts'

/** One observer that tells several, in their order. One alone is told directly. */
export function everyone(observers: readonly Observer[]): Observer {
  if (observers.length === 1) return observers[0]!
  return {
    control: (at, event) => {
      for (const each of observers) each.control(at, event)
    },
    started: (at, workload, row) => {
      for (const each of observers) each.started(at, workload, row)
    },
    opened: (at, workload, row, process, took) => {
      for (const each of observers) each.opened(at, workload, row, process, took)
    },
    closed: (at, workload, row, process, how, bounces) => {
      for (const each of observers) each.closed(at, workload, row, process, how, bounces)
    },
    reconnects: (at, workload, row) => {
      for (const each of observers) each.reconnects(at, workload, row)
    },
    packet: (at, workload, host, fate) => {
      for (const each of observers) each.packet(at, workload, host, fate)
    },
    message: (at, workload, row, process, what) => {
      for (const each of observers) each.message(at, workload, row, process, what)
    },
    post: (at, workload, row, step) => {
      for (const each of observers) each.post(at, workload, row, step)
    },
    published: (at, workload, direction, fate, first, every, count) => {
      for (const each of observers) each.published(at, workload, direction, fate, first, every, count)
    },
    ended: (at, workload, row, process, outcome, cause, took) => {
      for (const each of observers) each.ended(at, workload, row, process, outcome, cause, took)
    },
  }
}
