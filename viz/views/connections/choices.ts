import type {ActorId} from '../../../sim/net/events.ts'
import type {Desk} from '../../desk/desk.ts'
import {isReady, letterOf} from '../../desk/run.ts'
import {h} from '../../draw/dom.ts'
import {Signal, type Watched} from '../../draw/signal.ts'
import type {Recording} from '../../recording/recording.ts'
import {choice, toggle} from '../pane/controls.ts'
import {type Filter, type Order, orders} from './order.ts'

const every = 'all'
const none = ''
const subjects = ['connection', 'client'] as const

/** What is shown of the connections, and in which order. */
export class Choices {
  readonly workload = new Signal(none)
  readonly order = new Signal<Order>('forced close')
  readonly laneFor = new Signal<(typeof subjects)[number]>('connection')
  readonly onlyBroken = new Signal(false)
  readonly onlyHost = new Signal(false)
  readonly beside = new Signal(none)
  readonly asTable = new Signal(false)
  /** The host that was picked last. */
  readonly host = new Signal<ActorId | undefined>(undefined)

  constructor({picked}: Desk) {
    const keep = () => {
      if (picked.value?.kind === 'host') this.host.set(picked.value.host)
    }
    keep()
    picked.watch(keep)
  }

  get changing(): readonly Watched[] {
    const {workload, order, laneFor, onlyBroken, onlyHost, beside, asTable, host} = this
    return [workload, order, laneFor, onlyBroken, onlyHost, beside, asTable, host]
  }

  /** What passes; of a recording without the workload that was chosen, the one whose connections last longest in all. */
  filter(recording: Recording): Filter {
    const {workload, onlyBroken, onlyHost, host} = this
    const names = recording.workloads.map(({name}) => name)
    if (workload.value !== every && !names.includes(workload.value)) workload.set(names[longest(recording)] ?? every)
    return {
      onlyBroken: onlyBroken.value,
      ...(workload.value !== every && {workload: names.indexOf(workload.value)}),
      ...(onlyHost.value && hostName(recording, host.value) !== undefined && {host: host.value!}),
    }
  }

  /** Index of the run that is shown below the one in focus; undefined for none. */
  besideOf({runs, focus}: Desk): number | undefined {
    const index = this.beside.value === none ? focus.value : Number(this.beside.value)
    const run = runs.value[index]
    return index !== focus.value && run !== undefined && isReady(run) ? index : undefined
  }

  controls(desk: Desk, arrivals: Watched): HTMLElement {
    const {workload, order, laneFor, onlyBroken, onlyHost, beside, asTable, host} = this
    const runs = [arrivals, desk.focus]
    const onHost = () => {
      const name = desk.focused && hostName(desk.focused.recording, host.value)
      return name === undefined ? '' : `Only on ${name}`
    }
    return h(
      'div',
      {class: 'controls'},
      choice('Workload', workload, () => workloads(desk), runs),
      choice('Sort by', order, () => orders.map(it => [it, it])),
      choice('A lane for each', laneFor, () => (this.besideOf(desk) === undefined ? same(subjects) : []), [
        beside,
        ...runs,
      ]),
      choice('Compare with', beside, () => others(desk), runs),
      toggle(() => 'Only disrupted', onlyBroken),
      toggle(onHost, onlyHost, [host, ...runs]),
      toggle(() => 'Table', asTable),
    )
  }
}

const same = <T extends string>(texts: readonly T[]) => texts.map(text => [text, text] as const)

function workloads({focused}: Desk): readonly (readonly [string, string])[] {
  const names = focused?.recording.workloads.map(({name}) => name) ?? []
  return [...same(names), ...(names.length > 1 ? [[every, 'all'] as const] : [])]
}

function others({runs, focus}: Desk): readonly (readonly [string, string])[] {
  const ready = runs.value.flatMap((run, index) =>
    index === focus.value || !isReady(run) ? [] : [[String(index), `${letterOf(index)} ${run.lane.label}`] as const],
  )
  return [[none, 'none'], ...ready]
}

const hostName = ({actors}: Recording, host: ActorId | undefined): string | undefined =>
  host !== undefined && actors[host]?.kind === 'host' ? actors[host].name : undefined

/** The workload whose lives have the most time in all. */
function longest({lives, workloads}: Recording): number {
  const sums = workloads.map(() => 0)
  lives.workload.forEach((workload, row) => {
    sums[workload]! += lives.to[row]! - lives.from[row]!
  })
  return sums.indexOf(Math.max(...sums))
}
