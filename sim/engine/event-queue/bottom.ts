import type {Time} from '../time.ts'
import {atNext, few, none} from './layout.ts'
import {lengthOf} from './lists.ts'

/** The first events, as a stack with the very first on top, and of equal times the oldest. */
export class Bottom {
  size = 0
  slots = new Int32Array(few + 1)
  /** When they are due. Beside the slots, so that nothing has to be looked up in the records. */
  times = new Float64Array(few + 1)

  /** Puts in what is newer than all that is here; there must be room. */
  insert(slot: number, time: Time): void {
    const {slots, times} = this
    let at = this.size
    this.size = at + 1
    while (at > 0) {
      const earlier = times[at - 1]!
      if (earlier > time) break
      times[at] = earlier
      slots[at] = slots[at - 1]!
      at--
    }
    times[at] = time
    slots[at] = slot
  }

  /** Makes a stack of so many slots, which are nearly in order, newer ones before older ones of the same time. */
  sort(recordTimes: Float64Array, count: number): void {
    const {slots, times} = this
    let earliest: Time = Infinity
    for (let i = 0; i < count; i++) {
      const time = recordTimes[slots[i]! << 2]!
      if (time > earliest) this.#sink(i, time)
      else {
        times[i] = time
        earliest = time
      }
    }
    this.size = count
  }

  /** Puts the slot at an index before the earlier ones in front of it. */
  #sink(index: number, time: Time): void {
    const {slots, times} = this
    const slot = slots[index]!
    let at = index
    for (; at > 0 && times[at - 1]! < time; at--) {
      times[at] = times[at - 1]!
      slots[at] = slots[at - 1]!
    }
    times[at] = time
    slots[at] = slot
  }

  /** Takes the slots of a list, unsorted; says how many. */
  load(fields: Int32Array, list: number): number {
    this.reserve(lengthOf(fields, list))
    let count = 0
    for (let slot = list; slot !== none; slot = fields[(slot << 3) | atNext]!) this.slots[count++] = slot
    return count
  }

  reserve(count: number): void {
    if (count < this.slots.length) return
    const {slots, times} = this
    this.slots = new Int32Array(2 * count)
    this.slots.set(slots)
    this.times = new Float64Array(2 * count)
    this.times.set(times)
  }

  /** Keeps those events of which `kept` is true. */
  keep(kept: (slot: number) => boolean): void {
    const {slots, times} = this
    let count = 0
    for (let i = 0; i < this.size; i++) {
      const slot = slots[i]!
      if (!kept(slot)) continue
      times[count] = times[i]!
      slots[count++] = slot
    }
    this.size = count
  }
}
