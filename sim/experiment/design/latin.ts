import type {Random} from '../../engine/random.ts'

/**
 * A Latin hypercube: `count` points, each coordinate from 0 up to 1, of which each of the `count` equal parts of each
 * dimension holds one, at random within it (McKay, Beckman and Conover 1979).
 */
export function latin(count: number, dimensions: number, random: Random): number[][] {
  const places = Array.from({length: count}, (_, i) => i)
  const columns = Array.from({length: dimensions}, () =>
    random.shuffle(places).map(place => (place + random.uniform()) / count),
  )
  return places.map(i => columns.map(column => column[i]!))
}
