import {minutes} from '../../engine/time.ts'
import {isSession} from '../../net/options.ts'
import {formatDuration, formatFraction} from '../../scenario/units.ts'
import {count} from '../../words/figures.ts'
import {isInStep} from '../backoff.ts'
import type {Rule, Trouble} from '../finding.ts'
import type {Flow} from '../subject.ts'

export const withoutJitter: Rule = {
  name: 'without-jitter',
  wants: 'Clients that fail together do not try again together.',
  severity: 'warning',
  evidence: 'https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/',
  find: ({flows}) => flows.flatMap(flow => inStep(flow)),
}

function inStep({name, workload}: Flow): Trouble[] {
  const [key, options] = isSession(workload)
    ? (['reconnect', workload.reconnect] as const)
    : (['retry', workload.retry] as const)
  const many = isSession(workload) ? workload.connections > 1 : workload.retry.attempts > 0
  if (!many || !isInStep(options)) return []
  const path = `traffic.${name}.${key}`
  const {first} = options
  return [
    {
      found: [
        first === undefined
          ? {path: `${path}.jitter`, value: 'none'}
          : {path: `${path}.first`, value: `always ${formatDuration(first.mean)}`},
      ],
      reason: `All clients of ${name} that fail in the same instant come back in the same instant, and do so again if that fails.`,
      fix:
        first === undefined
          ? [`${path}.jitter=full`]
          : [`${path}.first={uniform: {from: 0s, to: ${formatDuration(Math.max(1, 2 * first.mean))}}}`],
    },
  ]
}

const longestWait = minutes(10)

export const backoffWithoutCap: Rule = {
  name: 'backoff-without-cap',
  wants: `Waits that grow have a cap of at most ${formatDuration(longestWait)}.`,
  severity: 'warning',
  evidence: 'https://github.com/grpc/grpc/blob/master/doc/connection-backoff.md',
  find: ({flows}) =>
    flows.flatMap(({name, workload}) => {
      if (!isSession(workload) || workload.reconnect.factor <= 1 || workload.reconnect.cap <= longestWait) return []
      const {cap} = workload.reconnect
      return [
        {
          found: [{path: `traffic.${name}.reconnect.cap`, value: formatDuration(cap)}],
          reason: `Clients of ${name} wait ever longer, up to ${formatDuration(cap)}: after an outage they stay away for about as long again.`,
          fix: [`traffic.${name}.reconnect.cap=${formatDuration(longestWait)}`],
        },
      ]
    }),
}

export const retryWithoutBudget: Rule = {
  name: 'retry-without-budget',
  wants: 'Retries are a small share of all requests, however many fail.',
  severity: 'warning',
  evidence: 'https://sre.google/sre-book/handling-overload/',
  find: ({flows}) =>
    flows.flatMap(({name, workload}) => {
      if (isSession(workload)) return []
      const {attempts, budget} = workload.retry
      if (attempts === 0 || budget < attempts) return []
      return [
        {
          found: [
            {path: `traffic.${name}.retry.attempts`, value: `${attempts}`},
            {path: `traffic.${name}.retry.budget`, value: budget === Infinity ? 'none' : formatFraction(budget)},
          ],
          reason: `When all requests of ${name} fail they become ${count(attempts + 1)} times as many, just where there is least room for them.`,
          fix: [`traffic.${name}.retry.budget=20%`],
        },
      ]
    }),
}

export const renewalInStep: Rule = {
  name: 'renewal-in-step',
  wants: 'A greatest age of connections has jitter, so that those that began together do not end together.',
  severity: 'warning',
  evidence: 'https://github.com/grpc/proposal/blob/master/A9-server-side-conn-mgt.md',
  find: ({flows}) =>
    flows.flatMap(({name, workload}) => {
      if (workload.kind !== 'mqtt' || workload.renewal.kind !== 'fixed') return []
      const {mean} = workload.renewal
      const [from, to] = [Math.round(mean * 0.9), Math.round(mean * 1.1)].map(formatDuration)
      return [
        {
          found: [{path: `traffic.${name}.renewal`, value: `always ${formatDuration(mean)}`}],
          reason: `Clients of ${name} that come back together from a restart change their connections together again, every ${formatDuration(mean)}.`,
          fix: [`traffic.${name}.renewal={uniform: {from: ${from}, to: ${to}}}`],
        },
      ]
    }),
}

export const maxAgeInStep: Rule = {
  name: 'max-age-in-step',
  wants: 'Servers end old connections at ages that differ, so that those that began together do not end together.',
  severity: 'warning',
  evidence: 'https://github.com/grpc/proposal/blob/master/A9-server-side-conn-mgt.md',
  find: ({tiers, flows}) =>
    Object.entries(tiers).flatMap(([name, {maxAge}]) => {
      const keeps = flows.some(({workload, way}) => way[0] === name && 'connections' in workload)
      if (maxAge === undefined || maxAge.jitter > 0 || !keeps) return []
      const path = `tiers.${name}.maxAge`
      return [
        {
          found: [
            {path: `${path}.time`, value: formatDuration(maxAge.time)},
            {path: `${path}.jitter`, value: '0%'},
          ],
          reason: `Connections to ${name} that were opened together, as after a restart, are ended together every ${formatDuration(maxAge.time)}.`,
          fix: [`${path}.jitter=10%`],
        },
      ]
    }),
}
