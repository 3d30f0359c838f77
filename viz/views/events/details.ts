import {annalsOf} from '../../../sim/story/annals.ts'
import {blamed} from '../../../sim/story/because.ts'
import {clientOf} from '../../../sim/story/clients.ts'
import type {Desk} from '../../desk/desk.ts'
import type {ReadyRun} from '../../desk/run.ts'
import {h} from '../../draw/dom.ts'
import {clockText} from '../../draw/words.ts'
import type {Line, Log} from '../../recording/log.ts'
import {sortOfCause} from '../../recording/log.ts'
import {textOf} from './row.ts'
import {type Sieve, sortName} from './sieve.ts'

/** The active line in full: its instant to the microsecond, why it happened, and what may be done with lines like it. */
export function details(desk: Desk, sieve: Sieve, run: ReadyRun, log: Log, line: number): readonly HTMLElement[] {
  const it = log.line(line)
  const sort =
    it.kind === 'event' ? run.ledger.columns.kind[it.row]! : sortOfCause(run.recording.disruptions.cause[it.row]!)
  const {name} = sortName(run, sort)
  const host = hostOf(run, it)
  const hostName = host === undefined ? undefined : run.recording.actors[host]!.name
  const why = it.kind === 'event' ? '' : blamed(run, it.row)
  return [
    h(
      'p',
      {class: 'what'},
      h('b', {}, clockText(log.at(line), 1)),
      ` ${textOf(run, it)}`,
      why !== '' && h('span', {class: 'why'}, ` · ${why}`),
    ),
    h(
      'div',
      {class: 'actions'},
      it.kind !== 'event' && button('Why?', () => desk.picked.set({kind: 'disruption', row: it.row})),
      button(`Only ${name}`, () => sieve.only(run, sort)),
      button(`Hide ${name}`, () => sieve.toggle(sort)),
      hostName !== undefined && button(`Only ${hostName}`, () => sieve.host.set(hostName)),
      it.kind === 'disruption' && button('Only this client', () => sieve.client.set(String(clientAt(run, it.row)))),
    ),
  ]
}

const button = (text: string, press: () => void): HTMLElement => h('button', {type: 'button', onclick: press}, text)

const clientAt = ({recording}: ReadyRun, row: number): number =>
  clientOf(recording, recording.disruptions.workload[row]!, recording.disruptions.client[row]!)

/** The host that a line tells of, if it is one. */
export function hostOf(run: ReadyRun, it: Line): number | undefined {
  const annals = annalsOf(run)
  const places = new Set<number | undefined>()
  if (it.kind === 'event') run.ledger.named(it.row, actor => void places.add(annals.placeOf(actor)))
  else places.add(annals.placeOf(run.recording.disruptions.process[it.row]!))
  const hosts = [...places].filter(place => place !== undefined && run.recording.actors[place]?.kind === 'host')
  return hosts.length === 1 ? hosts[0] : undefined
}
