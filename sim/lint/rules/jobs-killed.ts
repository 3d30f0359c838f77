import {type Duration, seconds} from '../../engine/time.ts'
import type {JobWorkload} from '../../net/options.ts'
import {formatDuration} from '../../scenario/units.ts'
import {inWords} from '../../words/figures.ts'
import type {Rule, Trouble} from '../finding.ts'
import {rounding} from '../quantile.ts'
import type {Released} from '../released.ts'

export const jobsKilled: Rule = {
  name: 'jobs-killed',
  wants: 'Workers give jobs back to the queue before they are killed.',
  severity: 'error',
  evidence: 'https://github.com/sidekiq/sidekiq/issues/2006',
  find: ({releases, jobs}) =>
    releases.flatMap(released =>
      jobs.flatMap(([name, workload]) => (workload.to === released.name ? find(released, name, workload) : [])),
    ),
}

const bearable = 0.001 + rounding

function find(released: Released, name: string, {duration, visibility}: JobWorkload): Trouble[] {
  const {requeueAfter = Infinity} = released.tier.jobs ?? {}
  const {option} = released.drain
  const lasts = fromTermToKill(released)
  if (requeueAfter < lasts || duration.residualSurvival(lasts) <= bearable) return []
  const path = `tiers.${released.name}.jobs.requeueAfter`
  const until = visibility === Infinity ? 'for good' : `for ${inWords(visibility / seconds(1))} since they were taken`
  return [
    {
      found: [
        {path, value: formatDuration(requeueAfter)},
        ...(released.has(option)
          ? [{path: released.path(option), value: formatDuration(released.number(option))}]
          : []),
      ],
      reason: `Jobs of ${name} that are not done ${inWords(lasts / seconds(1))} after SIGTERM are killed with their worker before it gives them back: they are lost ${until}.`,
      fix: lasts === 0 ? [] : [`${path}=${formatDuration(Math.floor((lasts * 5) / 6))}`],
    },
  ]
}

/** The grace period of a pod begins before its SIGTERM. */
function fromTermToKill(released: Released): Duration {
  const {option} = released.drain
  if (!released.has(option)) return 0
  return Math.max(0, released.number(option) - (released.has('preStop') ? released.number('preStop') : 0))
}
