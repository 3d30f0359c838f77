import {type Duration, type Time, toSeconds} from '../engine/time.ts'
import {Histogram} from '../metrics/histogram.ts'
import {fates, postSteps} from '../net/events.ts'
import {isSession, type WorkloadOptions} from '../net/options.ts'
import type {Column, Series} from './series.ts'

/** The series of one workload. */
export class WorkloadSeries {
  /** Whether its clients ask questions and wait for answers, or keep a connection for its own sake. */
  readonly asks: boolean
  readonly started: Column
  readonly disrupted: Column
  readonly open: Column
  readonly opened: Column
  readonly reconnects: Column
  readonly packets: readonly Column[]
  readonly moved: Column
  /** By the step that a POST takes. */
  readonly posts: readonly Column[]
  /** Of publishes. */
  readonly up: Column
  readonly down: Column
  /** How long requests took until they were answered, or connections until they were open. */
  readonly latency: LatencySeries

  constructor(series: Series, name: string, workload: WorkloadOptions) {
    const column = (what: string) => series.column(`${name}.${what}`)
    this.asks = !isSession(workload)
    this.started = column('started')
    this.disrupted = column('disrupted')
    this.open = column('open')
    this.opened = column('opened')
    this.reconnects = column('reconnects')
    this.packets = fates.map(fate => column(`packets.${fate}`))
    this.moved = column('moved')
    this.posts = postSteps.map(column)
    this.up = column('up')
    this.down = column('down')
    this.latency = new LatencySeries(column('p50'), column('p99'))
  }
}

/** Quantiles of the durations of each bucket, in seconds; 0 where there are none. */
class LatencySeries {
  private readonly p50: Column
  private readonly p99: Column
  /** Those of the bucket that is under way. */
  private readonly histogram = new Histogram()
  private bucket = 0

  constructor(p50: Column, p99: Column) {
    this.p50 = p50
    this.p99 = p99
  }

  /** Something took `took`, as was known at `at`; time does not go back from one to the next. */
  add(at: Time, took: Duration): void {
    const bucket = this.p50.bucketOf(at)
    if (bucket !== this.bucket) {
      this.finish()
      this.bucket = bucket
    }
    this.histogram.add(took)
  }

  /** No more will come for the bucket that is under way. */
  finish(): void {
    const {histogram, bucket} = this
    if (histogram.total === 0) return
    this.p50.set(bucket, toSeconds(histogram.quantile(0.5)!))
    this.p99.set(bucket, toSeconds(histogram.quantile(0.99)!))
    histogram.clear()
  }
}
