import {expect} from 'vitest'
import {type Duration, seconds} from '../../sim/engine/time.ts'
import type {WorldOptions} from '../../sim/net/options.ts'
import {isBalancer, kindOf, type TierKind, tierOf} from '../../sim/net/tier-kind.ts'
import type {Scenario} from '../../sim/scenario/scenario.ts'
import type {Strategy} from '../../sim/strategies/strategy.ts'
import {calm} from './accounts.ts'
import {type Law, law} from './law.ts'

/** No host stays broken, and no drain is for ever. */
const curable = {faults: 'that-pass', forEver: false} as const

/** Runs for as long as its releases may take at most, and releases whole tiers. */
const inTime = (scenario: Scenario): Scenario => ({
  ...scenario,
  releases: scenario.releases.map(plan => ({...plan, options: {...plan.options, canary: false}})),
  world: {...scenario.world, end: longestRelease(scenario), traffic: lasting(scenario)},
})

/** If hosts are restarted one by one, and every fault costs the time of one more restart. */
function longestRelease({world, releases}: Scenario): Duration {
  const outages = world.faults.reduce((sum, {lasts}) => sum + lasts, 0)
  const each = releases.map(({tier, at, options}) => {
    const waits = Object.values(options).filter(value => typeof value === 'number')
    const restart = longestRestart(world) + waits.reduce((sum, wait) => sum + (wait === Infinity ? 0 : wait), 0)
    return at + (hostsOf(tier, world) + world.faults.length) * restart
  })
  const cured = world.faults.map(({at}) => at + longestRestart(world))
  return Math.max(seconds(30), ...each, ...cured) + outages
}

const hostsOf = (name: string, {tiers}: WorldOptions): number =>
  isBalancer(name) ? tiers[tierOf(name)]!.behind!.hosts : tiers[name]!.hosts

/**
 * Out of rotation and in again, 4 s to boot and 5 s of somebody's watching; and the kernel's time to close what was
 * left, of which there are less than 2,000 sockets: 60 users of each workload, or 40 uploads a second of 20 s.
 */
function longestRestart({tiers}: WorldOptions): Duration {
  const probes = Object.values(tiers).flatMap(({behind, upstream}) => [
    behind?.probe,
    ...(upstream ?? []).map(it => it.probe),
  ])
  const rotation = probes.map(it => (it === undefined ? 0 : (it.fall + it.rise + 2) * it.interval + it.timeout))
  const closing = Object.values(tiers).map(({closeTime}) => 2_000 * closeTime)
  return Math.max(...rotation) + Math.max(...closing) + seconds(9)
}

/** As released until some instant of its first half minute, and no further. */
const halted = (scenario: Scenario): Scenario => ({
  ...scenario,
  releases: scenario.releases.map((plan, i) => ({...plan, halt: plan.at + seconds(1 + ((13 * i) % 30))})),
})

/** Strategies that do something else first. */
const late = ['blue-green', 'overlap-deploy', 'schema-migration', 'drop-before-code']

/** Of a strategy whose first batch is on its way to the new version from the beginning on, come what may. */
const begunAtOnce = ({name}: Strategy) => !late.includes(name)

/** Only what can hold up a drain, for minutes of short requests are long. */
const lasting = ({world}: Scenario) =>
  Object.fromEntries(Object.entries(world.traffic).filter(([, {kind}]) => kind !== 'http' && kind !== 'keep-alive'))

/** A takeover that waits and forwards for as long as there is something of the old process, and costs no probe its answer. */
const patient = {drainTimeout: Infinity, tunnels: 'stay', udp: 'forward', forwardFor: Infinity, spike: 0}

/** Strategies under which the listening sockets of a host are never closed. */
const keepers = ['socket-takeover', 'socket-activation']

/** Calmly, with releases of tiers of these kinds only, which have all the time to drain. */
const patiently =
  (...kinds: readonly TierKind[]) =>
  (scenario: Scenario): Scenario => ({
    ...calm(scenario),
    releases: scenario.releases
      .filter(({tier}) => kinds.includes(kindOf(tier, scenario.world.tiers)))
      .map(plan => ({...plan, options: {...plan.options, ...patient}})),
  })

/** What an operator may rely on. */
export const promises: readonly Law[] = [
  law(
    'without traffic nothing is disrupted',
    ({report, trace}) => {
      expect(report.disruption).toEqual({count: 0, fraction: 0})
      expect(trace.disruptions.total).toBe(0)
    },
    {troubles: {traffic: false}},
  ),

  law(
    'a release ends, if hosts that fail come back and drains have an end',
    ({report}) => {
      for (const {startedAt, finishedAt, duration} of Object.values(report.release)) {
        expect(finishedAt).not.toBeNull()
        expect(finishedAt! - startedAt!).toBeCloseTo(duration!, 5)
      }
    },
    {troubles: curable, but: inTime},
  ),

  law(
    'when a release has ended that did not call itself off, every host runs the new version, and no old process is left',
    ({report}) => {
      const calledOff = (tier: string) => report.release[tier]?.haltedAt !== undefined
      expect(report.warnings).toHaveLength(Object.keys(report.release).filter(calledOff).length)
      for (const [tier, {hosts, processes}] of Object.entries(report.tiers)) {
        const isOld = !(tier in report.release) || calledOff(tier)
        expect([tier, processes]).toEqual([tier, isOld ? {old: hosts, new: 0} : {old: 0, new: hosts}])
      }
    },
    {troubles: curable, but: inTime},
  ),

  law(
    'a release that is halted ends, and every host runs one version or the other',
    ({report, scenario, strategy}) => {
      for (const [tier, {finishedAt, haltedAt = Infinity}] of Object.entries(report.release)) {
        expect([tier, finishedAt]).not.toEqual([tier, null])
        const {processes} = report.tiers[tier] ?? {}
        if (processes === undefined) continue
        const {hosts} = scenario.world.tiers[tier]!
        expect([tier, processes.old + processes.new]).toEqual([tier, hosts])
        // A host of the first batch may wait for its power as the release is halted, but it is restarted all the same.
        if (haltedAt === Infinity || begunAtOnce(strategy)) expect(processes.new).toBeGreaterThan(0)
        if (haltedAt === Infinity) expect(processes.old).toBe(0)
      }
    },
    {troubles: curable, but: scenario => halted(inTime(scenario))},
  ),

  law(
    'who keeps its listening sockets open refuses nothing and closes no accept queue, as long as no host fails',
    ({report}) => {
      for (const {refused, causes} of Object.values(report.traffic))
        expect([refused, causes['accept-queue-closed'] ?? 0]).toEqual([0, 0])
    },
    {troubles: {faults: 'none'}, of: ({name}) => keepers.includes(name)},
  ),

  law(
    'a takeover with all the time to drain disrupts nobody, but for who meets an idle connection’s end',
    ({report}) => {
      for (const {causes} of Object.values(report.traffic))
        expect(Object.keys(causes)).toEqual(['idle-close-race', 'idle-timeout-race'].filter(it => it in causes))
    },
    {
      of: ({name}) => name === 'socket-takeover',
      // What it does not suit keeps the scenario's own strategy, of which the law says nothing.
      but: patiently('proxy', 'server'),
    },
  ),

  law(
    'tunnels that move, with all the time to drain, are never broken by a release of proxies',
    ({report}) => {
      for (const {causes} of Object.values(report.traffic))
        expect(Object.keys(causes)).toEqual(['idle-close-race', 'idle-timeout-race'].filter(it => it in causes))
    },
    {
      of: ({name}) => name === 'downstream-connection-reuse',
      but: patiently('proxy'),
    },
  ),
]
