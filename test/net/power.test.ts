import {describe, expect, test} from 'vitest'
import {forever} from '../../sim/engine/distributions.ts'
import {seconds} from '../../sim/engine/time.ts'
import type {FaultOptions} from '../../sim/net/options.ts'
import {run} from '../../sim/run.ts'
import {type Strategy, strategy} from '../../sim/strategies/strategy.ts'
import {Replay} from '../../sim/trace/replay.ts'
import {type Play, proxies, release, scenario, websockets} from '../harness.ts'

const dies = (at: number, lasts: number): FaultOptions => ({
  kind: 'host-dies',
  tier: 'edge',
  host: 0,
  at: seconds(at),
  lasts: seconds(lasts),
})
const stalls = (at: number, lasts: number): FaultOptions => ({...dies(at, lasts), kind: 'host-stalls'})

const played = (it: Partial<Play>) => {
  const {report, trace} = run(scenario({end: seconds(120), tiers: {edge: proxies(1)}, ...it}), {seed: 1, trace: true})
  return {report, at: (second: number) => new Replay(trace!).seek(seconds(second)).hosts[0]!}
}

/** Every host boots for 2 s, and is released at 10 s. */
const released = (strategy: string, ...faults: FaultOptions[]) =>
  played({faults, release: [release('edge', strategy, {drainTimeout: seconds(5)})]})

describe('a host without power', () => {
  test('boots what it ran, once it has power again', () => {
    const {at} = played({faults: [dies(10, 5)]})
    expect(at(11)).toMatchObject({powered: false, processes: []})
    expect(at(16)).toMatchObject({powered: true, processes: [{name: 'edge.0#1', state: 'booting', listening: false}]})
    expect(at(17.5)).toMatchObject({processes: [{name: 'edge.0#1', state: 'serving', listening: true}]})
  })

  test('comes back from the last of two faults, and boots once', () => {
    const {at} = played({faults: [dies(10, 20), dies(15, 25)]})
    expect(at(35).powered).toBe(false)
    expect(at(60).processes.map(({name}) => name)).toEqual(['edge.0#1'])
  })

  test.each(['hard-restart', 'graceful-drain', 'reuseport-handover', 'socket-takeover'])(
    'that dies in the middle of %s is booted by the release, which then ends',
    strategy => {
      const {report, at} = released(strategy, dies(11, 20))
      expect(report.warnings).toEqual([])
      expect(report.tiers.edge!.processes).toEqual({old: 0, new: 1})
      expect(at(119).processes).toMatchObject([{state: 'serving', listening: true, answersHealthChecks: true}])
      expect(report.release.edge!.finishedAt).toBeGreaterThan(33)
    },
  )

  test('that was dead before its turn came is waited for', () => {
    const {report} = released('socket-takeover', dies(5, 40))
    // Power at 45 s, 2 s of boot, and two good probes, a second apart.
    expect(report.release.edge!.finishedAt).toBeGreaterThanOrEqual(48)
    expect(report.release.edge!.finishedAt).toBeLessThanOrEqual(50)
    expect(report.tiers.edge!.processes).toEqual({old: 0, new: 1})
  })
})

describe('a host that hangs', () => {
  test('can do nothing until the last of its faults has passed', () => {
    const {at, report} = played({faults: [stalls(10, 20), stalls(15, 25)], resolution: seconds(1)})
    expect(at(35).processes).toMatchObject([{stalled: true}])
    expect(at(41).processes).toMatchObject([{stalled: false}])
    expect(report.tiers.edge!.capacity.min).toBe(0)
  })

  test('is cured by a restart', () => {
    const {at, report} = released('hard-restart', stalls(8, 100))
    expect(at(20).processes).toMatchObject([{state: 'serving', stalled: false, listening: true}])
    expect(report.warnings).toEqual([])
  })
})

test('of two processes that wait for a port, one gets it', () => {
  // The kernel closes ten sockets of the killed process in 10 s; both heirs have booted by then.
  const greedy = strategy({
    name: 'greedy',
    summary: 'Kill, and let two processes ask for the port.',
    suits: ['proxy'],
    options: {},
    *release({hosts: [host]}) {
      host!.current.kill()
      const heirs = [yield* host!.boot(), yield* host!.boot()]
      for (const heir of heirs) heir.listen()
    },
  })
  const it = scenario({
    end: seconds(60),
    tiers: {edge: proxies(1, {closeTime: seconds(1)})},
    traffic: {chat: websockets('edge', 10, forever)},
    release: [release('edge', 'greedy')],
  })
  const replay = new Replay(run(it, {seed: 1, trace: true, strategies: [greedy as Strategy]}).trace!)
  const listening = (second: number) => replay.seek(seconds(second)).hosts[0]!.processes.map(it => it.listening)
  expect(listening(15)).toEqual([false, false])
  expect(listening(21)).toEqual([true, false])
})
