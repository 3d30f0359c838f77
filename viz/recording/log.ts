import type {Time} from '../../sim/engine/time.ts'
import type {ActorId} from '../../sim/net/events.ts'
import {annalsOf} from '../../sim/story/annals.ts'
import {clientName, clientOf} from '../../sim/story/clients.ts'
import {endOf, onWhom, sentenceOf} from '../../sim/story/sentences.ts'
import {kinds} from '../../sim/trace/ledger.ts'
import type {ToldRecording} from './recording.ts'

/** What somebody wants to see of a log. */
export interface Wish {
  /** Sorts that are left out: kinds of events by their place in `kinds`, and behind those the causes of the recording. */
  readonly hidden: ReadonlySet<number>
  readonly host?: ActorId
  /** As people read it, among those of its workload. */
  readonly client?: number
  /** Words that a sentence must have, or parts of them; case makes no difference. */
  readonly text: string
}
export const everything: Wish = {hidden: new Set(), text: ''}

/** One line of the log. A fold stands for several disruptions of one instant that differ only in their clients. */
export type Line =
  | {readonly kind: 'event'; readonly row: number}
  | {readonly kind: 'disruption'; readonly row: number; readonly folded: boolean}
  | {readonly kind: 'fold'; readonly row: number; readonly count: number; readonly open: boolean}

/** The sort of a cause, beside those of events. */
export const sortOfCause = (cause: number): number => kinds.length + cause

/** How many rows there are of each sort. */
export function countBySort({recording, ledger}: ToldRecording): Uint32Array {
  const counts = new Uint32Array(kinds.length + recording.causes.length)
  for (const kind of ledger.columns.kind) counts[kind]!++
  for (const cause of recording.disruptions.cause) counts[sortOfCause(cause)]!++
  return counts
}

type Keeps = (row: number) => boolean
const always: Keeps = () => true

/**
 * Events and disruptions in order of time, as row i of the ledger or ~j of the disruptions. Of one instant events come
 * first, for what happened to a process comes before what became of its connections.
 */
export function merged({recording, ledger}: ToldRecording, keepsEvent = always, keepsDisruption = always): Int32Array {
  const events = ledger.columns.at
  const {at} = recording.disruptions
  const rows = new Int32Array(events.length + at.length)
  let size = 0
  for (let i = 0, j = 0; i < events.length || j < at.length; ) {
    if (j >= at.length || events[i]! <= at[j]!) {
      if (keepsEvent(i)) rows[size++] = i
      i++
    } else {
      if (keepsDisruption(j)) rows[size++] = ~j
      j++
    }
  }
  return rows.subarray(0, size)
}

/** What a recording tells, line by line: as much of it as was asked for. There are no objects but those of lines looked at. */
export class Log {
  readonly #told: ToldRecording
  #rows: Int32Array
  /** Where in the rows each fold begins, and the end. Most folds are of one row. */
  #folds: Int32Array
  /** Rows that begin a fold which was opened. */
  readonly #open = new Set<number>()
  /** Of each line the place of its row; or ~k of the k-th fold, as a whole. */
  #lines: Int32Array

  constructor(told: ToldRecording) {
    this.#told = told
    this.#rows = merged(told)
    this.#folds = foldsOf(told, this.#rows)
    this.#lines = this.#unfold()
  }

  get length(): number {
    return this.#lines.length
  }

  /** Shows what is wished for, and no more. */
  filter(wish: Wish): void {
    this.#rows = merged(this.#told, eventKeeper(this.#told, wish), disruptionKeeper(this.#told, wish))
    this.#folds = foldsOf(this.#told, this.#rows)
    this.#lines = this.#unfold()
  }

  /** Opens a fold, or closes it. */
  toggle(line: number): void {
    const row = this.#rowOf(line)
    if (!this.#open.delete(row)) this.#open.add(row)
    this.#lines = this.#unfold()
  }

  line(line: number): Line {
    const place = this.#lines[line]!
    const row = this.#rowOf(line)
    if (row >= 0) return {kind: 'event', row}
    if (place >= 0) return {kind: 'disruption', row: ~row, folded: this.#isFolded(place)}
    return {kind: 'fold', row: ~row, count: this.#size(~place), open: this.#open.has(row)}
  }

  at(line: number): Time {
    const row = this.#rowOf(line)
    return row >= 0 ? this.#told.ledger.at(row) : this.#told.recording.disruptions.at[~row]!
  }

  /** The first line later than `time`; their number if there is none. */
  after(time: Time): number {
    let [low, high] = [0, this.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.at(middle) <= time) low = middle + 1
      else high = middle
    }
    return low
  }

  #rowOf(line: number): number {
    const place = this.#lines[line]!
    return this.#rows[place >= 0 ? place : this.#folds[~place]!]!
  }

  #size(fold: number): number {
    return this.#folds[fold + 1]! - this.#folds[fold]!
  }

  /** Whether a row is one of several in a fold. */
  #isFolded(place: number): boolean {
    const {recording} = this.#told
    const alike = (other: number | undefined) =>
      other !== undefined && other < 0 && isAlike(recording, ~this.#rows[place]!, ~other)
    return alike(this.#rows[place - 1]) || alike(this.#rows[place + 1])
  }

  #unfold(): Int32Array {
    const lines = new Int32Array(this.#rows.length + this.#folds.length)
    let size = 0
    for (let fold = 0; fold < this.#folds.length - 1; fold++) {
      const first = this.#folds[fold]!
      const isOne = this.#size(fold) === 1
      if (!isOne) lines[size++] = ~fold
      if (isOne || this.#open.has(this.#rows[first]!))
        for (let place = first; place < this.#folds[fold + 1]!; place++) lines[size++] = place
    }
    return lines.slice(0, size)
  }
}

function foldsOf({recording}: ToldRecording, rows: Int32Array): Int32Array {
  const folds = new Int32Array(rows.length + 1)
  let size = 0
  for (let place = 0; place < rows.length; place++) {
    const [before, row] = [rows[place - 1] ?? 0, rows[place]!]
    if (before >= 0 || row >= 0 || !isAlike(recording, ~before, ~row)) folds[size++] = place
  }
  folds[size++] = rows.length
  return folds.slice(0, size)
}

function isAlike(
  {disruptions: {at, process, outcome, cause}}: ToldRecording['recording'],
  a: number,
  b: number,
): boolean {
  return at[a] === at[b] && process[a] === process[b] && cause[a] === cause[b] && outcome[a] === outcome[b]
}

function eventKeeper(told: ToldRecording, {hidden, host, client, text}: Wish): Keeps {
  const {recording, ledger} = told
  if (client !== undefined) return () => false
  const named = host === undefined ? undefined : new Set(annalsOf(told).rows(host))
  const words = wordsOf(text)
  return row =>
    !hidden.has(ledger.columns.kind[row]!) &&
    (named === undefined || named.has(row)) &&
    (words.length === 0 || missing(words, sentenceOf(ledger.event(row), recording)).length === 0)
}

function disruptionKeeper(told: ToldRecording, {hidden, host, client, text}: Wish): Keeps {
  const {recording} = told
  const {disruptions: d} = recording
  const annals = host === undefined ? undefined : annalsOf(told)
  const words = wordsOf(text)
  const says = words.length === 0 ? always : sayer(told, words)
  return row =>
    !hidden.has(sortOfCause(d.cause[row]!)) &&
    (annals === undefined || annals.placeOf(d.process[row]!) === host) &&
    (client === undefined || clientOf(recording, d.workload[row]!, d.client[row]!) === client) &&
    says(row)
}

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[\s,:]+/)
    .filter(word => word !== '')

/** Those words that a text does not have. */
function missing(words: readonly string[], text: string): readonly string[] {
  const low = text.toLowerCase()
  return words.filter(word => !low.includes(word))
}

/** Whether a disruption's sentence has all words. What many sentences have in common is looked through only once. */
function sayer({recording}: ToldRecording, words: readonly string[]): Keeps {
  const {workload, client, process, outcome, cause} = recording.disruptions
  const known = new Map<string, readonly string[]>()
  return row => {
    const key = `${cause[row]} ${outcome[row]} ${process[row]}`
    const rest = known.get(key) ?? missing(words, `${endOf(recording, row)}${onWhom(recording, process[row]!)}`)
    known.set(key, rest)
    return rest.length === 0 || missing(rest, clientName(recording, workload[row]!, client[row]!)).length === 0
  }
}
