import {listed} from '../sentences.ts'
import type {Case, Finding} from './case.ts'
import {nothing} from './case.ts'

/** The page is of a version that some host does not have: since when there are two, in any of the tiers that were released. */
export function versionIsGone({annals, at}: Case): Finding {
  const releases = annals.releases.filter(({from}) => from <= at)
  if (releases.length === 0) return nothing
  const from = Math.min(...releases.map(release => release.from))
  const tiers = listed(releases.map(({tier}) => tier))
  const which = releases.length === 1 ? tiers : `each of ${tiers}`
  return {steps: [{at: from, text: `${which} begins to get another version than the page has`}], places: []}
}
