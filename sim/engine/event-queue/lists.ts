import {atNext, none} from './layout.ts'

export function lengthOf(fields: Int32Array, list: number): number {
  let length = 0
  for (let slot = list; slot !== none; slot = fields[(slot << 3) | atNext]!) length++
  return length
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
