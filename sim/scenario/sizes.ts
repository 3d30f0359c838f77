import {durationOf, list, numberOf, type Raw, raw} from './raw.ts'
import type {Report} from './references.ts'

/** Each costs every connection some bytes. */
export const mostTiers = 8
export const mostBuckets = 100_000
/** Each host keeps a few numbers for each bucket and core, and each user some 90 bytes: a few gigabytes at the most. */
const mostHostBuckets = 20_000_000
const mostCores = 2_000_000
const mostUsers = 20_000_000

/** What each alone is allowed may together be more than a machine can hold. */
export function checkSizes(scenario: Raw, report: Report): void {
  const tiers = Object.entries(raw(scenario.tiers)).map(([name, it]) => [name, raw(it)] as const)
  const end = durationOf(scenario.end) ?? 0
  const buckets = scenario.resolution === undefined ? 600 : end / (durationOf(scenario.resolution) || end)
  for (const [name, {hosts: first, cores}] of tiers) {
    const hosts = numberOf(first) + addedTo(name, scenario)
    if (hosts * buckets > mostHostBuckets)
      report(
        ['tiers', name, 'hosts'],
        `${hosts} hosts with ${Math.ceil(buckets)} buckets each`,
        'fewer, or a longer resolution',
      )
    if (hosts * numberOf(cores) > mostCores)
      report(['tiers', name, 'hosts'], `${hosts} hosts of ${cores} cores`, `at most ${mostCores} cores in all`)
  }
  const users = Object.values(raw(scenario.traffic)).reduce<number>((sum, it) => sum + numberOf(raw(it).connections), 0)
  if (users > mostUsers) report(['traffic'], `${users} connections in all`, `at most ${mostUsers}`, 'key')
}

/** One host for each change that does not say how many. */
const addedTo = (tier: string, scenario: Raw): number =>
  list(scenario.changes).reduce<number>((sum, change) => {
    const {adds, hosts = 1} = raw(change)
    return adds === tier ? sum + numberOf(hosts) : sum
  }, 0)
