import type {Report, TrafficReport} from '../../sim/metrics/report.ts'

const traffic = (numbers: Partial<TrafficReport> = {}): TrafficReport => ({
  started: 1000,
  completed: 1000,
  refused: 0,
  reset: 0,
  aborted: 0,
  timedOut: 0,
  failed: 0,
  misrouted: 0,
  open: 0,
  causes: {},
  latency: {p50: 0.01, p90: 0.02, p99: 0.03, max: 0.1},
  ...numbers,
})

/** A plausible report of one release of an edge tier: nothing goes wrong unless it is said. */
export function reportOf({
  refused = 0,
  cut = 0,
  duration = 600 as number | null,
  capacity = 0.8,
  halted = false,
  old = 0,
} = {}): Report {
  const count = refused + cut
  return {
    schema: 'zdr-report/1',
    scenario: 'example',
    seed: 1,
    end: 3600,
    strategies: {edge: 'hard-restart'},
    traffic: {
      web: traffic({completed: 1000 - refused, refused, causes: refused > 0 ? {'no-listener': refused} : {}}),
      chat: traffic({
        completed: 0,
        open: 1000 - cut,
        reset: cut,
        causes: cut > 0 ? {'killed-at-drain-end': cut} : {},
        latency: {p50: null, p90: null, p99: null, max: null},
      }),
    },
    connections: {
      chat: {
        bounces: {mean: 0.5, max: 2},
        reconnects: {total: 500, peakPerSecond: 40},
        closedIdle: 0,
        perHost: [20, 30],
        peakOverMean: 1.5,
      },
    },
    tiers: {
      edge: {
        hosts: 2,
        capacity: {min: capacity, mean: 0.9},
        idleCpu: {min: 0.5, mean: 0.6},
        memory: {peak: 3 * 2 ** 30},
        processes: {old, new: 2 - old},
      },
    },
    release: {
      edge: {
        startedAt: 60,
        finishedAt: duration === null ? null : 60 + duration,
        duration,
        ...(halted && {haltedAt: 61}),
      },
    },
    disruption: {count, fraction: count / 2000},
    expect: [],
    warnings: [],
    engine: {crowd: 0, events: 12_345},
  }
}
