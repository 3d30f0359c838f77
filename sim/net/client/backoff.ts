import type {Random} from '../../engine/random.ts'
import type {Duration} from '../../engine/time.ts'
import type {BackoffOptions} from '../options.ts'

/**
 * How long a client waits before try `k` (from 0); `previous` is its last wait.
 * The jitters are those of the AWS Architecture Blog's "Exponential Backoff And Jitter" (2015).
 */
export function backoff(options: BackoffOptions, k: number, previous: Duration, random: Random): Duration {
  const {first, base, factor, cap, jitter} = options
  if (k === 0 && first !== undefined) return first.sample(random)
  const steps = first === undefined ? k : k - 1
  const full = Math.min(cap, base * factor ** steps)
  if (jitter === 'none') return Math.round(full)
  if (jitter === 'equal') return Math.round(full / 2 + (full / 2) * random.uniform())
  if (jitter === 'full') return Math.round(full * random.uniform())
  return Math.round(Math.min(cap, base + (Math.max(base, previous) * 3 - base) * random.uniform()))
}
