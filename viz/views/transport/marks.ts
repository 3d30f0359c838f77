import type {Time} from '../../../sim/engine/time.ts'
import type {Entry, Ledger} from '../../../sim/trace/ledger.ts'

/** What a release does, as far as there is room for it below the disruptions. */
export const marks = ['release', 'batch', 'drain', 'gone', 'fault'] as const
export type Mark = (typeof marks)[number]

/** For each mark, the columns of so many in which it stands, each once, from left to right. */
export function marksOf(ledger: Ledger, end: Time, width: number): Readonly<Record<Mark, readonly number[]>> {
  const columns = marks.map(() => new Set<number>())
  for (let i = ledger.after(0); i < ledger.length; i++) {
    const mark = carriesMark.has(ledger.kind(i)) ? markOf(ledger.event(i)) : undefined
    if (mark === undefined) continue
    const column = Math.min(width - 1, Math.floor((ledger.at(i) / Math.max(1, end)) * width))
    columns[marks.indexOf(mark)]!.add(column)
  }
  return Object.fromEntries(marks.map((mark, k) => [mark, [...columns[k]!]])) as Record<Mark, number[]>
}

const carriesMark = new Set<Entry['kind']>(['release', 'batch', 'process', 'power', 'stall', 'forwarding'])

function markOf(event: Entry): Mark | undefined {
  if (event.kind === 'release') return 'release'
  if (event.kind === 'batch') return 'batch'
  if (event.kind === 'power') return event.on ? undefined : 'fault'
  if (event.kind === 'stall') return event.on ? 'fault' : undefined
  if (event.kind === 'forwarding') return event.announced && !event.forwards ? 'fault' : undefined
  if (event.kind !== 'process') return undefined
  return event.state === 'draining' ? 'drain' : event.state === 'gone' ? 'gone' : undefined
}
