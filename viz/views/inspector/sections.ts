import type {ActorId} from '../../../sim/net/events.ts'
import {clientName} from '../../../sim/story/clients.ts'
import {causeWords, outcomeInWords} from '../../../sim/story/sentences.ts'
import {concise, count, percent} from '../../../sim/words/figures.ts'
import type {Desk} from '../../desk/desk.ts'
import type {ReadyRun} from '../../desk/run.ts'
import {h} from '../../draw/dom.ts'
import {signs} from '../../draw/palette.ts'
import {clockText, many, spanText} from '../../draw/words.ts'
import {families} from '../../recording/family.ts'
import type {Recording} from '../../recording/recording.ts'
import {lookWords} from '../topology/host-words.ts'
import {causesOn, heldAt} from './by-host.ts'
import {type HostFacts, hostFacts, type ProcessFacts, socketWords} from './host-facts.ts'

/** Of the connections that a host has, so many are listed. */
const most = 8

/** All that is known of a host at the clock's time but its history. */
export function sections(desk: Desk, run: ReadyRun, host: ActorId): readonly HTMLElement[] {
  const time = desk.clock.time.value
  const facts = hostFacts(run, host, time)
  if (facts === undefined) return [h('p', {}, 'It has not joined its tier yet.')]
  return [
    h('p', {class: 'condition'}, `${facts.belongs ? '' : 'has left its tier, '}${lookWords(facts.look).join(', ')}`),
    figures(facts),
    section('Processes', processTable(facts.processes)),
    section('Sockets', h('p', {}, socketWords(facts.processes, clockText))),
    disrupted(run.recording, host, time),
    held(desk, run.recording, host, time),
  ]
}

const section = (title: string, ...contents: readonly HTMLElement[]): HTMLElement =>
  h('section', {}, h('h3', {}, title), ...contents)

function figures({look, rotation, role, connections, completed, cpu}: HostFacts): HTMLElement {
  const shown: readonly (readonly [string, string | undefined])[] = [
    ['Power', look.powered ? 'on' : 'off'],
    ['In rotation', rotation >= 1 ? 'yes' : rotation <= 0 ? 'no' : `for ${percent(rotation, 0)} %`],
    ['Role', role],
    ['Connections', connections === undefined ? undefined : count(connections)],
    ['Completed', completed === undefined ? undefined : `${concise(completed)} /s`],
    ['CPU', cpu === undefined ? undefined : `${percent(cpu)} %`],
  ]
  return h('dl', {}, ...shown.flatMap(([name, value]) => (value === undefined ? [] : [pair(name, value)])))
}

const pair = (name: string, value: string): HTMLElement => h('div', {}, h('dt', {}, name), h('dd', {}, value))

function processTable(processes: readonly ProcessFacts[]): HTMLElement {
  if (processes.length === 0) return h('p', {}, 'None lives.')
  const heads = ['Process', 'State', 'Since', 'Version', 'Listens', 'Healthy']
  return table(
    'Processes',
    heads,
    processes.map(it => [
      it.name,
      it.stalled ? `${it.state}, hangs` : it.state,
      clockText(it.since),
      String(it.version),
      it.listening ? 'yes' : 'no',
      it.answersHealthChecks ? 'yes' : 'no',
    ]),
  )
}

function table(label: string, heads: readonly string[], rows: readonly (readonly (string | Node)[])[]): HTMLElement {
  const cells = (row: readonly (string | Node)[]) =>
    row.map((it, i) => (i === 0 ? h('th', {scope: 'row'}, it) : h('td', {}, it)))
  const head = h('tr', {}, ...heads.map(it => h('th', {scope: 'col'}, it)))
  const body = rows.map(row => h('tr', {}, ...cells(row)))
  return h('table', {'aria-label': label}, h('thead', {}, head), h('tbody', {}, ...body))
}

function disrupted(recording: Recording, host: ActorId, time: number): HTMLElement {
  const items = causesOn(recording, host, time).map(({cause, family, count: of}) => {
    const name = families[family]!
    const sign = h('span', {class: `sign ${name}`, 'aria-hidden': 'true'}, signs[name])
    return h('li', {}, sign, h('b', {}, count(of)), ` ${causeWords(recording.causes[cause])}`)
  })
  const none = h('p', {}, 'None so far of what it had accepted.')
  return section('Disrupted here', items.length === 0 ? none : h('ul', {}, ...items))
}

function held(desk: Desk, recording: Recording, host: ActorId, time: number): HTMLElement {
  const rows = heldAt(recording, host, time)
  const title = `Of the sample, ${many(rows.length, 'connection')} here`
  if (rows.length === 0) return section(title)
  const lines = rows.slice(0, most).map(row => lifeCells(desk, recording, row, time))
  const more = rows.length > most && h('p', {class: 'more'}, `and ${count(rows.length - most)} that end later`)
  return section(title, table(title, ['Client', 'Age', 'Ends'], lines), ...(more ? [more] : []))
}

function lifeCells(desk: Desk, recording: Recording, row: number, time: number): readonly (string | Node)[] {
  const {workload, client, from, to, outcome} = recording.lives
  const pick = () => desk.picked.set({kind: 'life', row})
  const name = clientName(recording, workload[row]!, client[row]!)
  const ends = outcome[row] === -1 ? 'not in this run' : endWords(recording, outcome[row]!, to[row]! - time)
  const age = `${from[row] === 0 ? '> ' : ''}${spanText(time - from[row]!)}`
  return [h('button', {type: 'button', class: 'life', onclick: pick}, name), age, ends]
}

const endWords = (recording: Recording, outcome: number, left: number): string =>
  `${outcomeInWords(recording.outcomes[outcome])} in ${spanText(left)}`
