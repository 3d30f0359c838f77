import {describe, expect, test} from 'vitest'
import {exponential, fixed} from '../../sim/engine/distributions.ts'
import {hours, minutes, seconds} from '../../sim/engine/time.ts'
import type {JobsReport, TrafficReport} from '../../sim/metrics/report.ts'
import type {FaultOptions, JobsOptions, JobWorkload} from '../../sim/net/options.ts'
import type {ReleasePlan} from '../../sim/scenario/scenario.ts'
import {play, release, servers} from '../harness.ts'
import {agree, binomialDeviation} from './statistics.ts'

const mean = seconds(20)
/** Ten threads of 200 hosts each, of which 1,400 are at work, give or take 37. */
const hosts = 200
const rate = 70
const atWork = 1_400

interface World {
  readonly job?: Partial<JobWorkload>
  readonly jobs?: Partial<JobsOptions>
  readonly release?: readonly ReleasePlan[]
  readonly faults?: readonly FaultOptions[]
  readonly end?: number
}

function work({job, jobs, release = [], faults = [], end = minutes(6)}: World): JobsReport & {traffic: TrafficReport} {
  const kind = {kind: 'job', to: 'workers', duration: exponential(mean), visibility: hours(1)} as const
  const queue: JobWorkload = {...kind, rate: {kind: 'constant', perSecond: rate}, ...job}
  const workers = servers(hosts, {jobs: {threads: 10, requeueAfter: seconds(25), ...jobs}})
  const report = play({end, tiers: {workers}, traffic: {queue}, release, faults})
  return {...report.jobs!.queue!, traffic: report.traffic.queue!}
}

const sidekiq = [release('workers', 'sidekiq', {}, minutes(1))]

describe('jobs at SIGTERM', () => {
  test('are given back if they are not done after 25 s: exp(-25/20) of them', () => {
    const {requeued, lost, again, thrownAway, traffic} = work({release: sidekiq})
    const share = Math.exp(-25 / 20)
    agree(requeued, atWork * share, Math.sqrt(atWork * share))
    expect([lost, again, traffic.reset]).toEqual([0, requeued, 0])
    // An exponential age of 20 s on average, and 25 s.
    agree(thrownAway / requeued, 45, 20 / Math.sqrt(requeued))
  })

  test('are lost if they are killed before that: exp(-30/20) of them, until their visibility time-out', () => {
    const late = {requeueAfter: Infinity}
    const {requeued, lost, again, doneTwice, traffic} = work({
      jobs: late,
      release: sidekiq,
      job: {visibility: minutes(2)},
    })
    const share = Math.exp(-30 / 20)
    agree(lost, atWork * share, Math.sqrt(atWork * share))
    expect(requeued).toBe(0)
    // Of those that nobody was killed with exp(-6) take longer than 2 min: 0.25 %, 60 of 25,000.
    expect(again).toBeGreaterThanOrEqual(lost)
    agree(again - lost, 25_200 * Math.exp(-6), Math.sqrt(25_200 * Math.exp(-6)) + 4)
    expect([doneTwice <= again - lost, traffic.reset, traffic.causes]).toEqual([true, 0, {}])
  })

  test('are lost for good where the queue forgets what was taken', () => {
    const {lost, again, traffic} = work({jobs: {requeueAfter: Infinity}, release: sidekiq, job: {visibility: Infinity}})
    expect([again, traffic.reset, traffic.causes['job-lost']]).toEqual([0, lost, lost])
    expect(lost).toBeGreaterThan(200)
  })

  test('are all done in time by a worker that is given time: those of 20 s need no more than 20 s', () => {
    const {requeued, lost, thrownAway} = work({job: {duration: fixed(mean)}, release: sidekiq})
    expect([requeued, lost, thrownAway]).toEqual([0, 0, 0])
  })
})

describe('a visibility time-out', () => {
  test('that is shorter than a job has it done twice: by one in exp(v/m) - 1', () => {
    // A job of length t is begun again each v until it is done, whatever becomes of it: floor(t / v) times more.
    const {done, again, doneTwice, traffic} = work({job: {visibility: minutes(1)}, end: minutes(20)})
    const all = traffic.started
    agree(again, all * Math.exp(-3), binomialDeviation(all, Math.exp(-3)) + 10)
    agree(doneTwice, all / (Math.exp(3) - 1), Math.sqrt(all / (Math.exp(3) - 1)) * 1.2 + 10)
    expect(done + traffic.open).toBe(all)
  })

  test('brings back what a host without power had', () => {
    const dies = {kind: 'host-dies', tier: 'workers', host: 0, at: minutes(1), lasts: Infinity} as const
    const {lost, again, traffic} = work({job: {duration: fixed(mean), visibility: minutes(1)}, faults: [dies]})
    expect(lost).toBeGreaterThan(0)
    expect([again, traffic.reset]).toEqual([lost, 0])
  })
})

test('jobs wait for a thread as customers of a queue with as many servers do', () => {
  // M/D/1: with a load of 0.5 the mean wait is a half of 0.5 / (1 - 0.5) services, and 0.5 find the thread busy.
  const job = {rate: {kind: 'constant', perSecond: 0.5}, duration: fixed(seconds(1))} as const
  const queue: JobWorkload = {kind: 'job', to: 'workers', visibility: hours(1), ...job}
  const workers = servers(1, {jobs: {threads: 1, requeueAfter: Infinity}})
  const {latency} = play({end: hours(10), tiers: {workers}, traffic: {queue}}).traffic.queue!
  expect(latency.p50).toBeLessThan(1.1)
  // P(W <= 1 s) = (1 - 0.5) e^0.5 = 0.824, so 82.4 % are done within 2 s.
  expect([latency.p90! > 2, latency.p90! < 3]).toEqual([true, true])
})
