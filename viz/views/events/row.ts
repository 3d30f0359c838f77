import {annalsOf} from '../../../sim/story/annals.ts'
import {disruptionSentence, endOf, onWhom, sentenceOf} from '../../../sim/story/sentences.ts'
import type {ReadyRun} from '../../desk/run.ts'
import {h, say} from '../../draw/dom.ts'
import {signs} from '../../draw/palette.ts'
import {clockText} from '../../draw/words.ts'
import {families} from '../../recording/family.ts'
import type {Line, Log} from '../../recording/log.ts'

/** Instants of the log are told to the millisecond. */
export const grain = 1_000

/** One line on the screen. It is used again for other lines as the log moves. */
export class Row {
  readonly element: HTMLElement
  readonly #time = h('span', {role: 'gridcell', class: 'time'})
  readonly #sign = h('span', {class: 'sign', 'aria-hidden': 'true'})
  readonly #words = h('span', {})
  /** What it shows: the log, as it was when it showed it, and the line. */
  #shown: unknown
  #line = -1

  constructor(id: string) {
    const text = h('span', {role: 'gridcell', class: 'text'}, this.#sign, this.#words)
    this.element = h('div', {role: 'row', id}, this.#time, text)
  }

  /** `version` is another one whenever lines are not what they were. */
  show(run: ReadyRun, log: Log, version: unknown, line: number): void {
    if (this.#shown === version && this.#line === line) return
    this.#shown = version
    this.#line = line
    const it = log.line(line)
    const {element} = this
    element.className = `row ${classOf(run, it)}`
    element.setAttribute('aria-rowindex', String(line + 1))
    if (it.kind === 'fold') element.setAttribute('aria-expanded', String(it.open))
    else element.removeAttribute('aria-expanded')
    say(this.#time, clockText(log.at(line), grain))
    say(this.#sign, signOf(run, it))
    say(this.#words, textOf(run, it))
  }
}

const familyOf = ({recording}: ReadyRun, row: number) => families[recording.disruptions.family[row]!]!

function classOf(run: ReadyRun, it: Line): string {
  if (it.kind === 'event') return `event ${run.ledger.kind(it.row)}`
  return `${familyOf(run, it.row)}${it.kind === 'disruption' && it.folded ? ' folded' : ''}`
}

function signOf(run: ReadyRun, it: Line): string {
  if (it.kind === 'event') return ''
  return it.kind === 'fold' ? (it.open ? '▾' : '▸') : signs[familyOf(run, it.row)]
}

/** What a line says: `edge.3 leaves the rotation`, `1,204 × reset: killed at drain end on edge.3#0`. */
export function textOf(run: ReadyRun, it: Line): string {
  const {recording, ledger} = run
  if (it.kind === 'event') return sentenceOf(ledger.event(it.row), recording, batchNumber(run, it.row))
  if (it.kind === 'disruption') return disruptionSentence(recording, it.row)
  const {process} = recording.disruptions
  return `${it.count.toLocaleString('en')} × ${endOf(recording, it.row)}${onWhom(recording, process[it.row]!)}`
}

function batchNumber(run: ReadyRun, row: number): number | undefined {
  const event = run.ledger.event(row)
  if (event.kind !== 'batch') return undefined
  const batches = annalsOf(run).releases.flatMap(release => release.batches)
  return batches.find(batch => batch.row === row)?.number
}
