import {type Distribution, fixed, uniform} from '../engine/distributions.ts'
import type {BackoffOptions} from '../net/options.ts'

/** As much of a law as the question asks for how many come in the same second. */
export type Survival = Pick<Distribution, 'survival'>

/** How long a client waits before its first try (sim/net/client/backoff.ts). */
export function firstWait({first, base, cap, jitter}: BackoffOptions): Survival {
  const wait = Math.min(base, cap)
  if (first !== undefined) return first
  if (jitter === 'none') return fixed(wait)
  if (jitter === 'equal') return uniform(wait / 2, wait)
  if (jitter === 'full') return uniform(0, wait)
  const loose = uniform(base, 3 * base)
  return {survival: x => (x >= cap ? 0 : loose.survival(x))}
}

/** Whether clients that lose their connection in the same instant come back in the same instant. */
export const isInStep = ({first, jitter}: BackoffOptions): boolean =>
  first === undefined ? jitter === 'none' : first.kind === 'fixed'
