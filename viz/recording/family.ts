import type {Cause, Outcome} from '../../sim/net/events.ts'

/**
 * What can go wrong, as people see it: the outcomes, with those apart that were cut when the drain was over, for that is
 * the one that a drain time decides.
 */
export const families = ['refused', 'reset', 'cut', 'aborted', 'timed-out', 'failed', 'misrouted'] as const
export type Family = (typeof families)[number]

export const familyNames: Readonly<Record<Family, string>> = {
  refused: 'refused',
  reset: 'reset',
  cut: 'cut at drain end',
  aborted: 'aborted',
  'timed-out': 'timed out',
  failed: 'failed',
  misrouted: 'misrouted',
}

/** Index of `families`. */
export function familyOf(outcome: Outcome, cause: Cause): number {
  const family = cause === 'killed-at-drain-end' ? 'cut' : outcome
  return Math.max(0, families.indexOf(family as Family))
}
