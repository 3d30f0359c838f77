import {seconds} from '../../engine/time.ts'
import type {KeepAliveWorkload} from '../../net/options.ts'
import {formatDuration} from '../../scenario/units.ts'
import {count, significant} from '../../words/figures.ts'
import type {Rule, Trouble} from '../finding.ts'
import {highestFrom, roundTrip} from '../load.ts'
import {roundedUp} from '../quantile.ts'
import type {Flow, Subject} from '../subject.ts'

export const keepAliveRace: Rule = {
  name: 'keep-alive-race',
  wants: 'A server keeps idle connections for so long that hardly any is used in the moment in which it closes it.',
  severity: 'warning',
  evidence: 'https://github.com/nodejs/node/issues/27363',
  find: subject => subject.flows.flatMap(flow => race(subject, flow)),
}

function race(subject: Subject, flow: Flow): Trouble[] {
  const {name, workload, way} = flow
  if (workload.kind !== 'keep-alive') return []
  const {keepAlive} = subject.tiers[way[0]!]!
  const races = racesOf(subject, flow, workload)
  const expected = races(keepAlive)
  if (expected < 1) return []
  const path = `tiers.${way[0]}.keepAlive`
  return [
    {
      found: [
        {path, value: formatDuration(keepAlive)},
        {
          path: `traffic.${name}`,
          value: `a connection is used every ${formatDuration(Math.round(gapOf(subject, workload)))}`,
        },
      ],
      reason: `${way[0]} closes connections of ${name} that were idle for ${formatDuration(keepAlive)}, and some ${expected < 10 ? significant(expected) : count(expected)} requests of this run will be on their way to one that is just being closed.`,
      fix: [`${path}=${formatDuration(least(races, keepAlive))}`],
    },
  ]
}

/** Between two requests of one connection, on average. */
const gapOf = ({scenario}: Subject, {connections, rate}: KeepAliveWorkload): number =>
  (connections / highestFrom(rate, 0, scenario.world.end)) * seconds(1)

/**
 * How many requests meet a close, for each idle time. Requests fall on connections at random, so the gaps of each are
 * exponential; the race is lost when a gap ends within one way of the moment in which the idle time is up.
 */
function racesOf(subject: Subject, flow: Flow, workload: KeepAliveWorkload): (keepAlive: number) => number {
  const {end} = subject.scenario.world
  const way = roundTrip(subject, flow) / 2
  const gap = gapOf(subject, workload)
  const requests = (highestFrom(workload.rate, 0, end) * end) / seconds(1)
  const longer = (x: number) => Math.exp(-Math.max(0, x) / gap)
  return keepAlive => requests * (longer(keepAlive - way) - longer(keepAlive + way))
}

/** The least idle time, in what one would write, with which less than one is lost. */
function least(races: (keepAlive: number) => number, from: number): number {
  let keepAlive = Math.max(from, seconds(1))
  while (races(keepAlive) >= 1) keepAlive = roundedUp(keepAlive * 1.1)
  return keepAlive
}

export const idleFlowForgotten: Rule = {
  name: 'idle-flow-forgotten',
  wants: 'A QUIC client sends more often than the balancer forgets flows, or its packets name their host.',
  severity: 'warning',
  evidence: 'https://www.rfc-editor.org/rfc/rfc9000#section-10.1.2',
  find: ({flows, tiers}) =>
    flows.flatMap(({name, workload, way}) => {
      const {behind, udp} = tiers[way[0]!]!
      if (workload.kind !== 'quic' || behind === undefined || udp?.serverId !== false) return []
      if (workload.packet <= behind.udpTimeout) return []
      return [
        {
          found: [
            {path: `traffic.${name}.packet`, value: formatDuration(workload.packet)},
            {path: `tiers.${way[0]}.behind.l4lb.udpTimeout`, value: formatDuration(behind.udpTimeout)},
            {path: `tiers.${way[0]}.udp.serverId`, value: 'false'},
          ],
          reason: `The balancer has forgotten a flow of ${name} before its next packet comes, which goes wherever the ring then leads.`,
          fix: [`tiers.${way[0]}.udp.serverId=true`],
        },
      ]
    }),
}
