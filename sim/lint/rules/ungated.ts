import type {ProbeOptions} from '../../net/options.ts'
import {formatDuration} from '../../scenario/units.ts'
import type {Rule} from '../finding.ts'
import {nearlyAll} from '../quantile.ts'
import type {Released} from '../released.ts'
import type {Subject} from '../subject.ts'

export const ungated: Rule = {
  name: 'ungated',
  wants: 'The next batch leaves when the one before is back in rotation, and not when its processes are up.',
  severity: 'warning',
  evidence: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1124',
  find: subject => subject.releases.flatMap(released => find(subject, released)),
}

function find(subject: Subject, released: Released) {
  const isLast = released.is('canary') || released.batch >= released.tier.hosts
  if (!released.leaves || released.is('gate') || isLast) return []
  const prober = subject.probersOf(released.name).find(({probe}) => overlaps(released, probe))
  if (prober === undefined) return []
  const {rise, interval} = prober.probe
  return [
    {
      found: [
        {path: released.path('gate'), value: 'false'},
        {path: released.path('pause'), value: formatDuration(released.number('pause'))},
        {path: `${prober.path}.probe`, value: `${rise} successes, ${formatDuration(interval)} apart`},
      ],
      reason: `Probes take up to ${formatDuration(rise * interval)} to let a batch of ${released.name} back in once it has booted, and the next one is gone before that: two batches are away at once.`,
      fix: [`${released.path('gate')}=true`],
    },
  ]
}

/** Whether a batch may still be out of rotation, if it ever left that, when the next one takes no more work. */
function overlaps(released: Released, {rise, fall, interval}: ProbeOptions): boolean {
  const soonest = (fall - 1) * interval
  const isAsked = released.is('leaveFirst') || released.strategy === 'partial-post-replay'
  const away = nearlyAll(released.tier.boot.time) + released.drain.lasts
  if (!isAsked && away <= soonest) return false
  return released.number('pause') + (isAsked ? soonest : 0) < rise * interval
}
