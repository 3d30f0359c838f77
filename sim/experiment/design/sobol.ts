import type {Random} from '../../engine/random.ts'

/**
 * Sobol's sequence (1967) in base 2 with the direction numbers of Joe and Kuo, new-joe-kuo-6: S. Joe and F. Y. Kuo,
 * Constructing Sobol sequences with better two-dimensional projections, SIAM J. Sci. Comput. 30 (2008) 2635-2654.
 * Of each dimension from the second on: the degree of its primitive polynomial, the inner coefficients of that as the bits of
 * a number, and the first m.
 */
const directions: readonly (readonly [degree: number, inner: number, ...first: number[]])[] = [
  [1, 0, 1],
  [2, 1, 1, 3],
  [3, 1, 1, 3, 1],
  [3, 2, 1, 1, 1],
  [4, 1, 1, 1, 3, 3],
  [4, 4, 1, 3, 5, 13],
  [5, 2, 1, 1, 5, 5, 17],
  [5, 4, 1, 1, 5, 5, 5],
  [5, 7, 1, 1, 7, 11, 19],
  [5, 11, 1, 1, 5, 1, 1],
  [5, 13, 1, 1, 1, 3, 11],
  [5, 14, 1, 3, 5, 5, 31],
  [6, 1, 1, 3, 3, 9, 7, 49],
  [6, 13, 1, 1, 1, 15, 21, 21],
  [6, 16, 1, 3, 1, 13, 27, 49],
]

export const mostDimensions = directions.length + 1
const bits = 32

/**
 * The first `count` points of the sequence, each coordinate from 0 up to 1. All coordinates of a dimension have the same random
 * bits turned over (a digital shift), which leaves the points as even as they were, and depends on chance.
 */
export function sobol(count: number, dimensions: number, random: Random): number[][] {
  const numbers = Array.from({length: dimensions}, (_, dimension) => directionNumbers(dimension))
  const shifts = numbers.map(() => random.integer(2 ** bits))
  return Array.from({length: count}, (_, i) => {
    const gray = i ^ (i >>> 1)
    return numbers
      .map((column, dimension) => (coordinate(column, gray) ^ shifts[dimension]!) >>> 0)
      .map(it => it / 2 ** bits)
  })
}

/** The direction numbers whose bit is set, added without carry. */
const coordinate = (column: readonly number[], index: number): number =>
  column.reduce((sum, number, bit) => ((index >>> bit) & 1 ? sum ^ number : sum), 0)

/** v(k) = m(k) 2^(32-k), by the recurrence of the polynomial. */
function directionNumbers(dimension: number): number[] {
  if (dimension === 0) return Array.from({length: bits}, (_, k) => 2 ** (bits - 1 - k))
  const [degree, inner, ...first] = directions[dimension - 1]!
  const v = first.map((m, k) => m * 2 ** (bits - 1 - k))
  for (let k = degree; k < bits; k++) {
    let next = v[k - degree]! ^ (v[k - degree]! >>> degree)
    for (let j = 1; j < degree; j++) if ((inner >>> (degree - 1 - j)) & 1) next ^= v[k - j]!
    v.push(next >>> 0)
  }
  return v
}
