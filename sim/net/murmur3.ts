/** MurmurHash3 by Austin Appleby (public domain), in the two shapes that balancers use. */

const mask = (1n << 64n) - 1n
const times = (a: bigint, b: bigint) => (a * b) & mask
const plus = (a: bigint, b: bigint) => (a + b) & mask
const rotate = (x: bigint, bits: bigint) => ((x << bits) | (x >> (64n - bits))) & mask

function finish64(k: bigint): bigint {
  const a = times(k ^ (k >> 33n), 0xff51afd7ed558ccdn)
  const b = times(a ^ (a >> 33n), 0xc4ceb9fe1a85ec53n)
  return b ^ (b >> 33n)
}

/** The first 64 bits of x64_128 over the sixteen bytes of `a` and `b`, as Katran's `MurmurHash3_x64_64`. */
export function murmur3x64(a: bigint, b: bigint, seed: bigint): bigint {
  const c1 = 0x87c37b91114253d5n
  const c2 = 0x4cf5ad432745937fn
  let h1 = seed ^ times(rotate(times(a, c1), 31n), c2)
  h1 = plus(times(plus(rotate(h1, 27n), seed), 5n), 0x52dce729n)
  let h2 = seed ^ times(rotate(times(b, c2), 33n), c1)
  h2 = plus(times(plus(rotate(h2, 31n), h1), 5n), 0x38495ab5n)
  h1 ^= 16n
  h2 ^= 16n
  h1 = plus(h1, h2)
  h2 = plus(h2, h1)
  return plus(finish64(h1), finish64(h2))
}

/** The 32-bit finaliser: every bit of the result hangs on every bit of `x`. */
export function mix32(x: number): number {
  let h = x | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
