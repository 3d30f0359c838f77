import type {Observer} from './events.ts'

/** One observer that tells several, in their order. One alone is told directly; where there is none, nobody is told. */
export const everyone = (observers: readonly Observer[]): Observer =>
  observers.length === 0 ? nobody : observers.reduce(both)

/** Who looks away. */
export const nobody: Observer = {
  control: () => {},
  started: () => {},
  opened: () => {},
  closed: () => {},
  reconnects: () => {},
  packet: () => {},
  message: () => {},
  post: () => {},
  published: () => {},
  ended: () => {},
}

/** A pair and not a list: a list would be gone through for each of millions of events. */
const both = (a: Observer, b: Observer): Observer => ({
  control: (at, event) => {
    a.control(at, event)
    b.control(at, event)
  },
  started: (at, workload, row) => {
    a.started(at, workload, row)
    b.started(at, workload, row)
  },
  opened: (at, workload, row, process, took) => {
    a.opened(at, workload, row, process, took)
    b.opened(at, workload, row, process, took)
  },
  closed: (at, workload, row, process, how, bounces) => {
    a.closed(at, workload, row, process, how, bounces)
    b.closed(at, workload, row, process, how, bounces)
  },
  reconnects: (at, workload, row) => {
    a.reconnects(at, workload, row)
    b.reconnects(at, workload, row)
  },
  packet: (at, workload, host, fate) => {
    a.packet(at, workload, host, fate)
    b.packet(at, workload, host, fate)
  },
  message: (at, workload, row, process, what) => {
    a.message(at, workload, row, process, what)
    b.message(at, workload, row, process, what)
  },
  post: (at, workload, row, step) => {
    a.post(at, workload, row, step)
    b.post(at, workload, row, step)
  },
  published: (at, workload, direction, fate, first, every, count) => {
    a.published(at, workload, direction, fate, first, every, count)
    b.published(at, workload, direction, fate, first, every, count)
  },
  ended: (at, workload, row, process, outcome, cause, took) => {
    a.ended(at, workload, row, process, outcome, cause, took)
    b.ended(at, workload, row, process, outcome, cause, took)
  },
})
