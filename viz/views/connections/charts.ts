import {count} from '../../../sim/words/figures.ts'
import type {Desk} from '../../desk/desk.ts'
import type {ReadyRun} from '../../desk/run.ts'
import {many} from '../../draw/words.ts'
import {families, familyNames} from '../../recording/family.ts'
import type {Recording} from '../../recording/recording.ts'
import type {Chart} from './chart.ts'
import type {Choices} from './choices.ts'
import {endingsOf, isBroken} from './endings.ts'
import {type Filter, type Order, ordered} from './order.ts'
import {clientsOf, lanePerClient, lanePerLife, type Rack} from './rack.ts'
import {endingName, manyOf} from './words.ts'

interface Kept {
  readonly recording: Recording
  readonly key: string
  readonly rows: Int32Array
}

/** Makes charts of what is chosen; to look at another window, nothing has to be put in order again. */
export class Charts {
  #kept: Kept | undefined

  /** Of the run in focus, and below it of another one with the same clients in the same order, if one is chosen. */
  of(desk: Desk, run: ReadyRun, choices: Choices): readonly Chart[] {
    const {recording} = run
    const filter = choices.filter(recording)
    const rows = this.#ordered(recording, filter, choices.order.value)
    const span = desk.window.value
    const index = desk.focus.value
    const beside = choices.besideOf(desk)
    if (beside === undefined && choices.laneFor.value === 'connection')
      return [chart(index, run, lanePerLife(recording.lives, rows, span), choices, filter)]
    const clients = clientsOf(recording.lives, rows, span)
    const first = chart(index, run, lanePerClient(recording.lives, clients, span), choices, filter)
    if (beside === undefined) return [first]
    const other = desk.runs.value[beside] as ReadyRun
    const rack = lanePerClient(other.recording.lives, clients, span)
    return [first, {...chart(beside, other, rack, choices, filter), groupOf: () => ''}]
  }

  #ordered(recording: Recording, filter: Filter, order: Order): Int32Array {
    const key = JSON.stringify([filter, order])
    if (this.#kept?.recording !== recording || this.#kept.key !== key)
      this.#kept = {recording, key, rows: ordered(recording, filter, order)}
    return this.#kept.rows
  }
}

function chart(index: number, {recording, lane}: ReadyRun, rack: Rack, {order}: Choices, {workload}: Filter): Chart {
  const {lives, workloads, actors} = recording
  const {family, host} = endingsOf(recording)
  const groups: Readonly<Record<Order, (lane: number) => string>> = {
    begin: () => '',
    end: () => '',
    host: k => actors[host[rack.lead[k]!]!]?.name ?? 'no host',
    'forced close': k => endingName(family[rack.lead[k]!]!),
  }
  return {
    ...{index, name: lane.label, recording, rack},
    text: textOf(recording, rack, workload === undefined ? undefined : workloads[workload]!.kind),
    groupOf: groups[order.value],
    labelOf: k => `client ${lives.client[rack.of(k)[0] ?? -1] ?? ''}`,
  }
}

/** `4,521 connections of 503 clients, 66 cut at drain end, 5 reset` */
function textOf(recording: Recording, {rows}: Rack, kind: string | undefined): string {
  const {family} = endingsOf(recording)
  const clients = new Set<number>()
  const counts = new Uint32Array(families.length)
  for (const row of rows) {
    clients.add(recording.lives.client[row]!)
    if (isBroken(family[row]!)) counts[family[row]!]!++
  }
  const broken = families.flatMap((name, i) => (counts[i]! > 0 ? [`${count(counts[i]!)} ${familyNames[name]}`] : []))
  return [`${manyOf(rows.length, kind)} of ${many(clients.size, 'client')}`, ...broken].join(', ')
}
