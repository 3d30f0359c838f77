import {seconds} from '../../engine/time.ts'
import {isSession, type SessionWorkload} from '../../net/options.ts'
import {formatDuration} from '../../scenario/units.ts'
import {count} from '../../words/figures.ts'
import {firstWait} from '../backoff.ts'
import {cutShare} from '../cut.ts'
import type {Rule, Trouble} from '../finding.ts'
import {inOneSecond, roundedUp, rounding} from '../quantile.ts'
import type {Released} from '../released.ts'
import type {Flow, Subject} from '../subject.ts'

export const stormOverCapacity: Rule = {
  name: 'storm-over-capacity',
  wants: 'Clients who lose their connections together come back no faster than the hosts that are left can greet them.',
  severity: 'warning',
  evidence: 'https://github.com/elastic/elastic-agent/issues/13874',
  find: subject =>
    subject.releases.flatMap(released => subject.through(released.name).flatMap(flow => find(subject, released, flow))),
}

function find(subject: Subject, released: Released, flow: Flow): Trouble[] {
  const {workload, name} = flow
  const share = cutShare(subject, released, flow)
  const greeter = greeterOf(subject, released, flow)
  if (!isSession(workload) || share === undefined || !(greeter.perSecond > 0)) return []
  const dropped = (workload.connections / released.tier.hosts) * released.batch * share
  const peak = dropped * inOneSecond(firstWait(workload.reconnect))
  if (peak <= greeter.perSecond * (1 + rounding)) return []
  const spread = roundedUp(Math.max(seconds(2), (dropped / greeter.perSecond) * seconds(1)))
  return [
    {
      found: [
        {path: `traffic.${name}.connections`, value: `${count(dropped)} cut together`},
        {path: `traffic.${name}.reconnect`, value: `${count(peak)} of them in the same second`},
        {path: greeter.path, value: `${count(greeter.perSecond)} handshakes/s`},
      ],
      reason: `A batch of ${released.name} cuts ${count(dropped)} connections of ${name}, and ${count(peak)} of their clients come back in the same second, where hosts can greet ${count(greeter.perSecond)}.`,
      fix: [`traffic.${name}.reconnect.first={uniform: {from: 0s, to: ${formatDuration(spread)}}}`],
    },
  ]
}

interface Greeter {
  readonly path: string
  /** Infinity where greeting costs nothing, 0 or no number where nobody is left. */
  readonly perSecond: number
}

/** Whoever can greet the fewest: the hosts that clients come to, or of MQTT the brokers. */
function greeterOf(subject: Subject, released: Released, {way, workload}: Flow): Greeter {
  const capacity = (tier: string, cost: number, path: string): Greeter => {
    const {hosts, cores} = subject.tiers[tier]!
    const left = tier === released.name ? hosts - released.away : hosts
    return {path, perSecond: (left * cores * seconds(1)) / cost}
  }
  const entry = way[0]!
  const first = capacity(entry, subject.tiers[entry]!.cpu.handshake, `tiers.${entry}.cpu.handshake`)
  const broker = brokerOf(way, workload as SessionWorkload)
  if (broker === undefined) return first
  const last = capacity(broker, subject.tiers[broker]!.session!.cpu, `tiers.${broker}.session.cpu`)
  return last.perSecond < first.perSecond ? last : first
}

const brokerOf = (way: readonly string[], {kind}: SessionWorkload) => (kind === 'mqtt' ? way.at(-1) : undefined)
