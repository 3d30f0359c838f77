import {describe, expect, test} from 'vitest'
import {fixed} from '../../sim/engine/distributions.ts'
import {hours, minutes, seconds} from '../../sim/engine/time.ts'
import {run} from '../../sim/run.ts'
import type {OptionValue} from '../../sim/scenario/scenario.ts'
import {l4lb, type Play, play, probe, proxies, release, scenario} from '../harness.ts'

const hosts = 10

/** Hosts that boot in 2 s and that no probe ever misses; their release begins at 10 s. */
const halted = (strategy: string, halt: number, options: Record<string, OptionValue>): Play => ({
  end: minutes(5),
  tiers: {edge: proxies(hosts, {behind: l4lb({hosts: 4, probe: probe({interval: hours(10)})})})},
  release: [{...release(strategy === 'l4-restart' ? 'edge/l4' : 'edge', strategy, options), halt: seconds(halt)}],
})

const left = (strategy: string, halt: number, options: Record<string, OptionValue>) => {
  const report = play(halted(strategy, halt, options))
  return {...report.tiers.edge!.processes, ...report.release.edge!, warnings: report.warnings}
}

describe('two hosts at a time, each batch 2 s, and 8 s between them: batches begin at 10, 20, 30, 40 and 50 s', () => {
  const pace = {batch: 2, pause: seconds(8)}
  const warning = (at: string, done: number) => [
    `hard-restart was halted at ${at}: ${done} of 10 hosts of edge have the new version`,
  ]

  test('halted in a pause, the release is over at once', () => {
    const both = {startedAt: 10, finishedAt: 35, haltedAt: 35, duration: 25, warnings: warning('35s', 6)}
    expect(left('hard-restart', 35, pace)).toEqual({old: 4, new: 6, ...both})
  })

  test('halted in a batch, that is finished and no other begins', () => {
    const both = {startedAt: 10, finishedAt: 32, haltedAt: 31, duration: 22, warnings: warning('31s', 6)}
    expect(left('hard-restart', 31, pace)).toEqual({old: 4, new: 6, ...both})
  })

  test('a batch that would begin in the instant of the halt does not', () => {
    expect(left('hard-restart', 40, pace)).toMatchObject({old: 4, new: 6, finishedAt: 40})
  })

  test('halted in the last batch, all is done and nothing to warn of', () => {
    expect(left('hard-restart', 51, pace)).toMatchObject({old: 0, new: 10, haltedAt: 51, finishedAt: 52, warnings: []})
  })

  test('what is over cannot be halted', () => {
    const done = left('hard-restart', 53, pace)
    expect(done).not.toHaveProperty('haltedAt')
    expect(done).toMatchObject({new: 10, finishedAt: 52, warnings: []})
  })

  test('a pause without end is cut short as well', () => {
    expect(left('hard-restart', 100, {...pace, pause: Infinity})).toMatchObject({old: 8, new: 2, finishedAt: 100})
  })

  test('a drain under way is finished, and told of if the run ends before', () => {
    // The first two boot, and their old processes drain, for nothing and to the end.
    const drain = {...pace, drainTimeout: seconds(60), leavesEarly: false}
    expect(left('socket-takeover', 20, drain)).toMatchObject({old: 8, new: 2, finishedAt: 72})
    const {warnings} = play({...halted('socket-takeover', 20, drain), end: seconds(50)})
    expect(warnings).toEqual([
      'socket-takeover was halted at 20s, and the run ends before what it had begun is done: 2 of 10 hosts of edge have the new version; a later `end` would show the rest',
    ])
  })
})

test('a canary that is halted in its pause keeps the new version, for a rollback is a batch like any other', () => {
  const canary = {batch: 2, canary: true, rollback: true, pause: seconds(30)}
  expect(left('hard-restart', 20, canary)).toMatchObject({old: 8, new: 2, finishedAt: 20})
})

test('a takeover that would follow another on its host does not begin', () => {
  const booted = (halt: number) => {
    const it = scenario(halted('socket-takeover', halt, {batch: 2, again: seconds(30), times: 5}))
    const {events} = run(it, {trace: true}).trace!
    return events.filter(event => event.kind === 'process' && event.state === 'booting').length - hosts
  }
  // Of two hosts, at 10 s and 2 + 30 s after each boot began: 10, 42, 74, …
  expect([booted(20), booted(50), booted(80)]).toEqual([2, 4, 6])
})

describe('a rolling update in which a pod takes 2 s to boot, is stopped at once, and goes at once', () => {
  const quick = {propagation: fixed(0), minReady: 0}
  /** Pods are available as soon as they have booted: nobody has probed them out of rotation before. */
  const pods = (halt: number, surge: number, unavailable: number) => {
    const it = halted('rolling-update', halt, {...quick, surge, unavailable})
    const edge = proxies(hosts, {behind: l4lb({probe: probe({interval: seconds(1), rise: 1, phase: 'spread'})})})
    const {tiers, release: releases, warnings} = play({...it, tiers: {edge}})
    return {...tiers.edge!.processes, hosts: tiers.edge!.hosts, over: releases.edge!.finishedAt !== null, warnings}
  }

  test.each([
    [2, 0],
    [0, 2],
    [1, 1],
    [3, 2],
  ])('finishes the pods that boot and runs as many as before, with %d above and %d below', (surge, unavailable) => {
    // Halted in the first boot: as many new pods as there are slots, and an old one gone for each.
    const slots = surge + unavailable
    expect(pods(11, surge, unavailable)).toEqual({
      old: hosts - slots,
      new: slots,
      hosts,
      over: true,
      warnings: [`rolling-update was halted at 11s: ${slots} of 10 hosts of edge have the new version`],
    })
  })
})

describe('a second fleet', () => {
  test('is given back if the release is halted while it boots', () => {
    expect(left('blue-green', 11, {})).toMatchObject({old: 10, new: 0, haltedAt: 11, finishedAt: 12})
  })

  test('stays if the release is halted after the switch, and the first one drains', () => {
    expect(left('blue-green', 12.5, {})).toMatchObject({old: 0, new: 10, haltedAt: 12.5, warnings: []})
  })
})

test('hosts of a balancer are restarted in batches, and those of a batch that has not begun are not', () => {
  // Four of them, one at a time, 5 s each and 5 s between: at 10, 20, 30 and 40 s.
  const it = scenario(halted('l4-restart', 25, {pause: seconds(5)}))
  const {report, trace} = run(it, {trace: true})
  expect(trace!.events.filter(({kind}) => kind === 'batch').map(({at}) => at)).toEqual([10, 20].map(seconds))
  expect(report.release['edge/l4']).toMatchObject({haltedAt: 25, finishedAt: 25})
  expect(report.warnings).toEqual(['l4-restart was halted at 25s: not every host of edge/l4 need have been restarted'])
})
