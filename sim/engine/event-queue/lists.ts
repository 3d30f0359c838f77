import type {Time} from '../time.ts'
import {atNext, none} from './records.ts'

/** What is found out about a list on the way. */
export class Survey {
  head = none
  tail = none
  first: Time = 0
  last: Time = 0
  /** Of the times, counted from `first`. */
  mean = 0
  count = 0
}

export function isLonger(fields: Int32Array, list: number, than: number): boolean {
  let count = 0
  for (let slot = list; slot !== none; slot = fields[(slot << 3) | atNext]!) if (++count > than) return true
  return false
}

/** Turns a list round; the survey says all about it. */
export function reverse(times: Float64Array, fields: Int32Array, list: number, survey: Survey): void {
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
  survey.head = reversed
  survey.tail = list
  survey.first = first
  survey.last = last
  survey.mean = base - first + sum / count
  survey.count = count
}

/**
 * Sorts a short list, in which newer records come before older ones of the same time, so that the older come first. The
 * survey says where it begins and ends.
 */
export function sort(times: Float64Array, fields: Int32Array, list: number, survey: Survey): void {
  let head = list
  let tail = list
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
    if (after === none) tail = slot
    slot = following
  }
  survey.head = head
  survey.tail = tail
}

/** Keeps those records of a list of which `kept` is true, in their order; gives the first. */
export function keep(fields: Int32Array, list: number, kept: (slot: number) => boolean): number {
  let head = none
  let tail = none
  for (let slot = list; slot !== none; ) {
    const next = fields[(slot << 3) | atNext]!
    if (kept(slot)) {
      if (tail === none) head = slot
      else fields[(tail << 3) | atNext] = slot
      tail = slot
    }
    slot = next
  }
  if (tail !== none) fields[(tail << 3) | atNext] = none
  return head
}

/** The last record of a list, or none. */
export function tailOf(fields: Int32Array, list: number): number {
  let tail = list
  for (let slot = list; slot !== none; slot = fields[(slot << 3) | atNext]!) tail = slot
  return tail
}
