import {expect} from 'vitest'
import {minutes} from '../../sim/engine/time.ts'
import type {Scenario} from '../../sim/scenario/scenario.ts'
import {calm} from './accounts.ts'
import {type Law, law} from './law.ts'

/**
 * No host stays broken and no drain is for ever. Then hosts are out for 20 s and there are at most three faults; a batch
 * of one takes at most 3 probes of 2 s out of rotation and in, 10 s of draining, 4 s of boot and the kernel's 300 ms for
 * each of some hundred sockets. With eight hosts a release is over in less than 10 minutes.
 */
const inTime = (scenario: Scenario): Scenario => ({
  ...scenario,
  world: {...scenario.world, end: minutes(10), resolution: minutes(1), traffic: firstOf(scenario)},
})
const curable = {faults: 'that-pass', forEver: false} as const

/** One workload is enough to hold up a drain, and ten minutes of four are long. */
const firstOf = ({world}: Scenario) => Object.fromEntries(Object.entries(world.traffic).slice(0, 1))

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
    'when a release has ended, every host runs the new version, and no old process is left',
    ({report}) => {
      expect(report.warnings).toEqual([])
      for (const [tier, {hosts, processes}] of Object.entries(report.tiers))
        expect([tier, processes]).toEqual([tier, tier in report.release ? {old: 0, new: hosts} : {old: hosts, new: 0}])
    },
    {troubles: curable, but: inTime},
  ),

  law(
    'a takeover refuses nothing and closes no accept queue, as long as no host fails',
    ({report}) => {
      for (const {refused, causes} of Object.values(report.traffic))
        expect([refused, causes['accept-queue-closed'] ?? 0]).toEqual([0, 0])
    },
    {troubles: {faults: 'none'}, of: ({name}) => name === 'socket-takeover'},
  ),

  law(
    'a takeover with all the time to drain disrupts nobody, but for who meets an idle connection’s end',
    ({report}) => {
      for (const {causes} of Object.values(report.traffic))
        expect(Object.keys(causes)).toEqual(['idle-close-race'].filter(it => it in causes))
    },
    {
      of: ({name}) => name === 'socket-takeover',
      but: scenario => ({
        ...calm(scenario),
        releases: scenario.releases.map(plan => ({...plan, options: {...plan.options, drainTimeout: Infinity}})),
      }),
    },
  ),
]
