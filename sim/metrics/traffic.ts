import {type Duration, toSeconds} from '../engine/time.ts'
import {type Cause, causes, type Outcome, outcomeOf, outcomes} from '../net/events.ts'
import {Histogram} from './histogram.ts'
import type {OutcomeName, TrafficReport} from './report.ts'

const completed = outcomeOf('completed')

/** How the requests or connections of one workload ended. */
export class TrafficMetric {
  started = 0
  private readonly byOutcome = new Float64Array(outcomes.length)
  private readonly byCause = new Float64Array(causes.length)
  private readonly latency = new Histogram()
  /** A connection's latency is that of its opening; it is not told again when it ends. */
  private readonly timedAtEnd: boolean

  constructor(timedAtEnd: boolean) {
    this.timedAtEnd = timedAtEnd
  }

  opened(took: Duration): void {
    if (!this.timedAtEnd) this.latency.add(took)
  }

  ended(outcome: number, cause: number, took: Duration): void {
    this.byOutcome[outcome]!++
    if (outcome !== completed) this.byCause[cause]!++
    else if (this.timedAtEnd) this.latency.add(took)
  }

  get disrupted(): number {
    return this.finished - this.byOutcome[completed]!
  }

  private get finished(): number {
    return this.byOutcome.reduce((sum, count) => sum + count, 0)
  }

  result(): TrafficReport {
    const counts = Object.fromEntries(outcomes.map((name, i) => [spelled(name), this.byOutcome[i]!]))
    return {
      started: this.started,
      ...(counts as Record<OutcomeName, number>),
      open: this.started - this.finished,
      causes: this.causes(),
      latency: {
        p50: this.quantile(0.5),
        p90: this.quantile(0.9),
        p99: this.quantile(0.99),
        max: this.latency.total === 0 ? null : toSeconds(this.latency.max),
      },
    }
  }

  private causes(): Record<string, number> {
    const found: [Cause, number][] = causes.map((cause, i) => [cause, this.byCause[i]!])
    return Object.fromEntries(found.filter(([, count]) => count > 0))
  }

  private quantile(q: number): number | null {
    const value = this.latency.quantile(q)
    return value === null ? null : toSeconds(value)
  }
}

const spelled = (outcome: Outcome): OutcomeName => (outcome === 'timed-out' ? 'timedOut' : outcome)
