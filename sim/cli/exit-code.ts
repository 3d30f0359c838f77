/** What the shell is told; an interrupt (130) is the signal's own doing. */
export const exitCode = {
  done: 0,
  /** An `expect` of the scenario is not met, or something in it is found wrong. */
  unmet: 1,
  /** The user's mistake. */
  mistake: 2,
  /** Ours; the number is EX_SOFTWARE of sysexits.h. */
  bug: 70,
} as const
