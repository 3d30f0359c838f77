import type {Result} from './row.ts'

/**
 * Whether all releases came to their end within the run, so that what they cost is all told. Nor is a release over that was
 * halted before all hosts had the new version. Where nothing is released there is nothing to wait for.
 */
export const cameToItsEnd = (result: Result): boolean => {
  const {numbers, strategies} = result
  const tiers = Object.keys(strategies)
  return tiers.length === 0 || (!isCutShort(result) && tiers.every(tier => !isLeftUndone(numbers, tier)))
}

/** Whether the run was over before a release was: a longer one would tell more. */
export const isCutShort = ({numbers}: Result): boolean => numbers['release.duration'] === null

const isLeftUndone = (numbers: Result['numbers'], tier: string): boolean =>
  numbers[`release.${tier}.haltedAt`] !== undefined && numbers[`tiers.${tier}.processes.old`] !== 0
