import type {Time} from '../time.ts'
import {atNext, none, type Records} from './records.ts'

/** What there is to know of a list before it is spread over buckets. */
export interface Measure {
  first: Time
  last: Time
  /** Of all times, less `first`. */
  mean: number
  count: number
}

/** Whether a list has no more than `most` records. */
export function isShort({fields}: Records, list: number, most: number): boolean {
  let count = 0
  for (let slot = list; slot !== none; slot = fields[(slot << 3) | atNext]!) if (++count > most) return false
  return true
}

/** Turns a list round, and measures it on the way. */
export function reverse({times, fields}: Records, list: number, measure: Measure): number {
  const base = times[list << 2]!
  let first = base
  let last = base
  let sum = 0
  let count = 0
  let reversed = none
  for (let slot = list; slot !== none; count++) {
    const time = times[slot << 2]!
    sum += time - base
    if (time < first) first = time
    if (time > last) last = time
    const next = fields[(slot << 3) | atNext]!
    fields[(slot << 3) | atNext] = reversed
    reversed = slot
    slot = next
  }
  measure.first = first
  measure.last = last
  measure.mean = base - first + sum / count
  measure.count = count
  return reversed
}

/** Sorts a short list in which newer records come before older ones of the same time; gives its first record. */
export function sort({times, fields}: Records, list: number): number {
  let head = list
  let slot = fields[(list << 3) | atNext]!
  fields[(list << 3) | atNext] = none
  while (slot !== none) {
    const following = fields[(slot << 3) | atNext]!
    const time = times[slot << 2]!
    let before = none
    let after = head
    while (after !== none && times[after << 2]! < time) {
      before = after
      after = fields[(after << 3) | atNext]!
    }
    fields[(slot << 3) | atNext] = after
    if (before === none) head = slot
    else fields[(before << 3) | atNext] = slot
    slot = following
  }
  return head
}

/** The last record of a list. */
export function lastOf({fields}: Records, list: number): number {
  let slot = list
  for (let next = slot; next !== none; next = fields[(slot << 3) | atNext]!) slot = next
  return slot
}
