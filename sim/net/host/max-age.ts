import type {Time} from '../../engine/time.ts'
import {mix32} from '../murmur3.ts'
import type {MaxAgeOptions} from '../options.ts'

/**
 * When a server sends GOAWAY on a connection because it is too old (gRFC A9). Chance comes from the flow's hash. One that is
 * there when the run begins (`synAt` is -Infinity) is anywhere in its life.
 */
export function agedAt(options: MaxAgeOptions | undefined, hash: number, synAt: Time): Time {
  if (options === undefined) return Number.POSITIVE_INFINITY
  const {time, jitter} = options
  const life = time * (1 + jitter * (2 * uniform(hash ^ 0x5bd1e995) - 1))
  return Math.round(synAt === Number.NEGATIVE_INFINITY ? life * uniform(hash ^ 0x27d4eb2d) : synAt + life)
}

const uniform = (seed: number): number => mix32(seed) / 2 ** 32
