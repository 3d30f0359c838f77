import {formatRate} from '../../scenario/units.ts'
import {count, significant} from '../../words/figures.ts'
import type {Rule, Trouble} from '../finding.ts'
import {coresBusy, highestFrom} from '../load.ts'
import type {Released} from '../released.ts'
import type {Subject} from '../subject.ts'

/** A queue grows without end at full load, and is long before that: what is proposed leaves a tenth of the cores free. */
const room = 0.9

export const capacityBelowLoad: Rule = {
  name: 'capacity-below-load',
  wants: 'The hosts that are left while a batch is away can do the work of the busiest moment.',
  severity: 'error',
  evidence: 'https://github.com/kubernetes/website/issues/5375',
  find: subject => subject.releases.flatMap(released => find(subject, released)),
}

function find(subject: Subject, released: Released): Trouble[] {
  const {name, away, tier} = released
  const left = tier.hosts - away
  const load = coresBusy(subject, name, released.at)
  if (away === 0 || subject.through(name).length === 0 || (left > 0 && left * tier.cores >= load)) return []
  const reason =
    left === 0
      ? `While a batch of ${count(away)} is away no host of ${name} is left to take new work.`
      : `While a batch of ${count(away)} is away, ${count(left)} hosts of ${name} have ${count(left * tier.cores)} cores for the ${significant(load)} that the busiest moment keeps at work.`
  return [
    {
      found: [
        {path: released.path(batchOption(released)), value: `${away} of ${tier.hosts} hosts`},
        {path: `tiers.${name}.cores`, value: `${tier.cores}`},
        ...ratesThrough(subject, released),
      ],
      reason,
      fix: fixOf(released, load),
    },
  ]
}

const ratesThrough = (subject: Subject, {name, at}: Released) =>
  subject.through(name).flatMap(flow => {
    if (!('rate' in flow.workload)) return []
    const most = highestFrom(flow.workload.rate, at, subject.scenario.world.end)
    return [{path: `traffic.${flow.name}.rate`, value: `up to ${formatRate(most)}`}]
  })

const batchOption = ({rolls}: Released): string => (rolls ? 'unavailable' : 'batch')

/** The largest batch that leaves enough hosts; if none does, a batch of one and as many hosts as that takes. */
function fixOf(released: Released, load: number): string[] {
  const {name, tier} = released
  const needed = Math.max(1, Math.ceil(load / (tier.cores * room)))
  const batch = tier.hosts - needed
  const size = `${released.path(batchOption(released))}=`
  if (batch >= 1) return [`${size}${batch}`]
  return [`tiers.${name}.hosts=${needed + 1}`, `${size}1`]
}

export const warmUpOverload: Rule = {
  name: 'warm-up-overload',
  wants: 'A host that has just started, and is slow, can do the share of the work that it is given.',
  severity: 'warning',
  evidence: 'https://github.com/istio/istio/issues/21228',
  find: subject => subject.releases.flatMap(released => findCold(subject, released)),
}

function findCold(subject: Subject, released: Released): Trouble[] {
  const {name, away, tier} = released
  const {warmup, slowdown} = tier.boot
  const load = coresBusy(subject, name, released.at)
  const isFollowed = !released.is('canary') && released.number('pause') < warmup
  const sharing = isFollowed && released.batch < tier.hosts ? tier.hosts - away : tier.hosts
  if (warmup === 0 || sharing <= 0 || (load / sharing) * slowdown <= tier.cores) return []
  const needed = Math.ceil((load * slowdown) / (tier.cores * room)) + (isFollowed ? away : 0)
  return [
    {
      found: [
        {path: `tiers.${name}.boot.slowdown`, value: `${slowdown}`},
        {path: `tiers.${name}.cores`, value: `${tier.cores}`},
      ],
      reason: `A host of ${name} that has just started is given the work of ${significant(load / sharing)} cores, which costs it ${significant((load / sharing) * slowdown)} of its ${tier.cores} until it is warm.`,
      fix: [`tiers.${name}.hosts=${needed}`, ...keptBatch(released)],
    },
  ]
}

/** With more hosts a share of them would be more, too. */
function keptBatch(released: Released): string[] {
  if (released.rolls) return [`${released.path('unavailable')}=${released.away}`]
  return released.has('batch') ? [`${released.path('batch')}=${released.batch}`] : []
}
