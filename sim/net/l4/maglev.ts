import {assert} from '../../engine/assert.ts'
import {murmur3x64} from '../murmur3.ts'

/** Slots of a ring, one per VIP: Katran's `kDefaultChRingSize`, a prime. */
export const ringSize = 65_537

/** Slot → real; -1 in every slot when there are no reals. */
export type Ring = Int32Array

/**
 * The Maglev ring of Katran (`MaglevHash.cpp`, v1, all weights one): each real walks the slots in an order of its own
 * and all claim one free slot in turn. `reals` are whole numbers ≥ 0; their order does not matter.
 */
export function maglevRing(reals: readonly number[], size = ringSize): Ring {
  const ring = new Int32Array(size).fill(-1)
  const walks = [...reals].sort((a, b) => a - b).map(real => new Walk(real, size))
  if (walks.length === 0) return ring
  for (let filled = 0; filled < size; ) {
    for (const walk of walks) {
      ring[walk.nextFree(ring)] = walk.real
      if (++filled === size) break
    }
  }
  return ring
}

/**
 * Rings by membership. The same hosts come and go again and again, every L4 host builds the same ring of them, and so
 * does the next run: a ring costs some milliseconds and a quarter of a megabyte, so the last 100 are kept.
 */
const rings = new Map<string, Ring>()

/** The ring of these reals, built or found again; it is not to be changed. */
export function ringOf(reals: readonly number[]): Ring {
  const key = reals.join()
  const ring = rings.get(key) ?? maglevRing(reals)
  rings.delete(key)
  rings.set(key, ring)
  if (rings.size > 100) rings.delete(rings.keys().next().value!)
  return ring
}

/** How many slots changed owner from one ring to the next. */
export function ringDelta(before: Ring, after: Ring): number {
  assert(before.length === after.length, 'rings of one VIP have one size')
  let delta = 0
  for (let slot = 0; slot < before.length; slot++) if (before[slot] !== after[slot]) delta++
  return delta
}

/** By real, for they take longer than the walk itself where there are thousands. */
const hashes: {readonly offset: bigint; readonly skip: bigint}[] = []

function hashesOf(real: number): {readonly offset: bigint; readonly skip: bigint} {
  const known = hashes[real]
  if (known !== undefined) return known
  const key = murmur3x64(BigInt(real) + 1n, 0n, 0n)
  const fresh = {offset: murmur3x64(key, 42n, 0n), skip: murmur3x64(key, 2718281828n, 2307n)}
  hashes[real] = fresh
  return fresh
}

/** The order in which one real asks for slots: `offset + n × skip`. */
class Walk {
  readonly real: number
  private slot: number
  private readonly skip: number
  private readonly size: number

  constructor(real: number, size: number) {
    const {offset, skip} = hashesOf(real)
    this.real = real
    this.size = size
    this.slot = Number(offset % BigInt(size))
    this.skip = Number(skip % BigInt(size - 1)) + 1
  }

  nextFree(ring: Ring): number {
    let slot = this.slot
    while (ring[slot] !== -1) slot = this.after(slot)
    this.slot = this.after(slot)
    return slot
  }

  private after(slot: number): number {
    const next = slot + this.skip
    return next < this.size ? next : next - this.size
  }
}
