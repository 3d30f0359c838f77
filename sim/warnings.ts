import {seconds} from './engine/time.ts'
import type {ReleaseReport, Report} from './metrics/report.ts'
import {isBalancer} from './net/tier-kind.ts'
import type {World} from './net/world.ts'
import type {Release} from './release.ts'
import {formatDuration} from './scenario/units.ts'
import type {Strategy} from './strategies/strategy.ts'

/** What every strategy promises and this one did not keep by the end of the run, and what it could not do. */
export function warningsOf(world: World, releases: readonly Release[], reports: Report['release']): string[] {
  return releases.flatMap(({plan: {tier}, strategy}) => [
    ...promisesBroken(world, tier, strategy, reports[tier]!),
    ...unasked(tier, world.reuse.unasked.get(tier) ?? 0),
  ])
}

function unasked(tier: string, tunnels: number): string[] {
  if (tunnels === 0) return []
  return [`${tunnels} MQTT tunnels could not be asked to move: the proxies before ${tier} reach it without \`http2\``]
}

function promisesBroken(world: World, tier: string, {name}: Strategy, report: ReleaseReport): string[] {
  if (report.startedAt === null) return [`the run ends before the release of ${tier} begins`]
  if (isBalancer(tier)) return brokenForBalancer(tier, name, report)
  const {hosts, everyHost, version} = world.fleet(tier)
  const behind = hosts.filter(host => host.current.version < version).length
  const left = everyHost.flatMap(host => host.processes).filter(process => process.version < version).length
  const all = hosts.length
  const done =
    behind === 0
      ? `every host of ${tier} has the new version, and old processes still drain: ${left}`
      : `${all - behind} of ${all} hosts of ${tier} have the new version`
  if (report.finishedAt === null) return [`${cutShort(name, report)}: ${done}; a later \`end\` would show the rest`]
  if (behind > 0) return [wasHalted(report) ? `${halted(name, report)}: ${done}` : `${name} has ended, and ${done}`]
  return left > 0 ? [`${name} is done, and old processes of ${tier} still run: ${left}`] : []
}

function brokenForBalancer(tier: string, name: string, report: ReleaseReport): string[] {
  if (report.finishedAt === null) return [`${cutShort(name, report)}; a later \`end\` would show the rest`]
  return wasHalted(report) ? [`${halted(name, report)}: not every host of ${tier} need have been restarted`] : []
}

const wasHalted = ({haltedAt}: ReleaseReport) => haltedAt !== undefined
const halted = (name: string, {haltedAt = 0}: ReleaseReport) =>
  `${name} was halted at ${formatDuration(seconds(haltedAt))}`

const cutShort = (name: string, report: ReleaseReport) =>
  wasHalted(report)
    ? `${halted(name, report)}, and the run ends before what it had begun is done`
    : `the run ends before ${name} does`
