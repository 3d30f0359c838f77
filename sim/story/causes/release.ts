import type {Case, Finding} from './case.ts'
import {nothing} from './case.ts'

/** The page is of a version that some host does not have: since when there are two. */
export function versionIsGone({annals, at, recording}: Case): Finding {
  const release = annals.releases.findLast(({from}) => from <= at)
  if (release === undefined) return nothing
  const {tier, from, to} = release
  const strategy = recording.strategies[tier]
  const begins = `${tier} begins to get another version than the page has${strategy === undefined ? '' : `, by ${strategy}`}`
  const steps = [{at: from, text: begins}]
  return {steps: to <= at ? [...steps, {at: to, text: `all of ${tier} has it`}] : steps, places: []}
}
