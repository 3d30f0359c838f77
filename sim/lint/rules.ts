import type {Rule} from './finding.ts'
import {capacityBelowLoad, warmUpOverload} from './rules/capacity.ts'
import {backoffWithoutCap, maxAgeInStep, renewalInStep, retryWithoutBudget, withoutJitter} from './rules/clients.ts'
import {closesTooSoon} from './rules/closes-too-soon.ts'
import {drainCuts} from './rules/drain-cuts.ts'
import {graceTooShort} from './rules/grace-too-short.ts'
import {holdOutlasts} from './rules/hold-outlasts.ts'
import {idleFlowForgotten, keepAliveRace} from './rules/idle.ts'
import {jobsKilled} from './rules/jobs-killed.ts'
import {readsBeforeFilled} from './rules/reads-before-filled.ts'
import {alterWithoutLimit, contractTooSoon, poolsOverCeiling} from './rules/schema.ts'
import {stopsBeforeLeaving} from './rules/stops-before-leaving.ts'
import {failoverAborts, pauseTooShort} from './rules/store.ts'
import {stormOverCapacity} from './rules/storm-over-capacity.ts'
import {generationsPileUp, packetsGoAstray} from './rules/takeover.ts'
import {ungated} from './rules/ungated.ts'

/** What is asked of a scenario, in the order in which it is told. */
export const rules: readonly Rule[] = [
  closesTooSoon,
  graceTooShort,
  stopsBeforeLeaving,
  jobsKilled,
  capacityBelowLoad,
  holdOutlasts,
  pauseTooShort,
  packetsGoAstray,
  poolsOverCeiling,
  contractTooSoon,
  readsBeforeFilled,
  warmUpOverload,
  ungated,
  stormOverCapacity,
  keepAliveRace,
  idleFlowForgotten,
  generationsPileUp,
  alterWithoutLimit,
  failoverAborts,
  withoutJitter,
  backoffWithoutCap,
  retryWithoutBudget,
  renewalInStep,
  maxAgeInStep,
  drainCuts,
]
