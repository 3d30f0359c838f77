import {Ledger} from '../../sim/trace/ledger.ts'
import type {Trace} from '../../sim/trace/trace.ts'
import type {DisruptionColumns, LifeColumns, Recording} from './recording.ts'

/**
 * The trace that a recording was made of, as a file holds it. Events of kinds that this program does not know are not in
 * it any more.
 */
export function traceOf(recording: Recording): Trace {
  const {exporter, scenario, title, question, seed, strategies, end, totals} = recording
  const {actors, workloads, outcomes, causes} = recording
  const ledger = new Ledger(recording.ledger)
  return {
    $schema: 'restart-trace/1',
    ...{exporter, scenario},
    ...(title !== undefined && {title}),
    ...(question !== undefined && {question}),
    ...{seed, strategies},
    unit: 'us',
    ...{end, actors, workloads, outcomes, causes},
    events: Array.from({length: ledger.length}, (_, row) => ledger.event(row)),
    disruptions: disruptionsOf(recording.disruptions),
    connections: connectionsOf(recording.lives),
    series: {
      width: recording.series.width,
      columns: Object.fromEntries(
        Object.entries(recording.series.columns).map(([name, values]) => [name, Array.from(values)]),
      ),
    },
    totals,
  }
}

const disruptionsOf = ({total, cap, at, workload, client, process, outcome, cause, took}: DisruptionColumns) => ({
  ...{total, cap},
  at: Array.from(at),
  workload: Array.from(workload),
  client: Array.from(client),
  process: Array.from(process),
  outcome: Array.from(outcome),
  cause: Array.from(cause),
  took: Array.from(took),
})

const connectionsOf = ({oneIn, cap, total, workload, client, process, from, to, outcome}: LifeColumns) => ({
  ...{oneIn, cap, total},
  workload: Array.from(workload),
  client: Array.from(client),
  process: Array.from(process),
  from: Array.from(from),
  to: Array.from(to),
  outcome: Array.from(outcome),
})
