import * as v from 'valibot'
import {changeSchema} from './change.ts'
import type {Read} from './empirical.ts'
import {expectSchema} from './expectation.ts'
import {faultSchema} from './fault.ts'
import {lawSchema} from './law.ts'
import {map, named, namedTiers} from './map.ts'
import {duration, longest, text, whole} from './quantity.ts'
import {rateSchema} from './rate.ts'
import {releaseSchema, type StrategyFacts} from './release.ts'
import {tierSchema} from './tier.ts'
import {workloadSchema} from './workload.ts'

/** The schema of a scenario file, and those of its parts that occur in many places. */
export function scenarioSchema(strategies: readonly StrategyFacts[], read: Read) {
  const wholeLaw = lawSchema(read)
  // By way of `lazy`, the JSON Schema refers to a law instead of repeating it.
  const law = v.lazy(() => wholeLaw)
  const wantedTiers = 'at least one tier'
  const scenario = map({
    title: [v.exactOptional(text('a title', 200)), 'What the scenario is about.'],
    question: [v.exactOptional(text('a question', 1_000)), 'What one wants to learn from it.'],
    end: [duration({least: 1_000, most: longest}), 'How long is simulated.'],
    seed: [v.optional(whole(0, Number.MAX_SAFE_INTEGER), 1), 'All chance comes from it.'],
    resolution: [
      v.exactOptional(duration({least: 1_000})),
      'Width of a bucket of the series over time. Default: a 600th of the end, rounded up to whole seconds.',
    ],
    tiers: [v.pipe(named('tier', tierSchema(law)), v.minEntries(1, wantedTiers)), 'The machines, by what they do.'],
    traffic: [v.optional(named('workload', workloadSchema(law)), {}), 'What clients ask of them.'],
    release: [
      v.optional(namedTiers(releaseSchema(strategies, law)), {}),
      'How tiers get their new version, by tier; `edge/l4` is the balancer in front of edge.',
    ],
    faults: [v.optional(v.array(faultSchema, 'a list of faults'), []), 'What breaks, and when.'],
    changes: [
      v.optional(v.array(changeSchema(law), 'a list of changes'), []),
      'Hosts that are added or removed, workloads that reconnect otherwise, and when.',
    ],
    expect: [v.optional(expectSchema, {}), 'What should come out: from paths in the report to what is expected there.'],
  })
  return {scenario, parts: {law: wholeLaw, rate: rateSchema}}
}
