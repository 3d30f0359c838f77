import {type Duration, type Time, toSeconds} from '../engine/time.ts'
import {publishFateOf, publishFates} from '../net/events.ts'
import type {PublishOptions} from '../net/options.ts'
import {Histogram} from './histogram.ts'
import type {PublishesReport} from './report.ts'

const held = publishFateOf('held')
const arrives = [publishFateOf('delivered'), held]

/** What became of the MQTT publishes of one workload in one direction. */
export class PublishesMetric {
  private readonly qos: number
  private readonly width: Duration
  private readonly end: Time
  private readonly counts = new Float64Array(publishFates.length)
  private readonly delays = new Histogram()
  private readonly sentIn: Float64Array
  private readonly cameIn: Float64Array

  constructor({qos}: PublishOptions, end: Time, width: Duration) {
    this.qos = qos
    this.width = width
    this.end = end
    this.sentIn = new Float64Array(Math.ceil(end / width) + 1)
    this.cameIn = new Float64Array(Math.ceil(end / width) + 1)
  }

  add(at: Time, fate: number, first: Time, every: Duration, count: number): void {
    const isHeld = fate === held
    this.counts[fate]! += count
    for (let k = 0, sent = first; k < count; k++, sent += every) {
      if (isHeld) this.delays.add(Math.max(0, at - sent))
      if (fate !== publishFateOf('repeated')) this.sentIn[this.bucket(sent)]!++
      if (arrives.includes(fate)) this.cameIn[this.bucket(isHeld ? at : sent)]!++
    }
  }

  private bucket(at: Time): number {
    return Math.min(this.sentIn.length - 1, Math.floor(at / this.width))
  }

  result(): PublishesReport {
    const count = (name: (typeof publishFates)[number]) => this.counts[publishFateOf(name)]!
    return {
      qos: this.qos,
      sent: count('delivered') + count('held') + count('lost') + count('waiting'),
      delivered: count('delivered') + count('held'),
      delayed: count('held'),
      duplicated: count('repeated'),
      lost: count('lost'),
      waiting: count('waiting'),
      delay: {p50: this.delay(0.5), p99: this.delay(0.99), max: this.delay(1)},
      flow: this.flow(),
    }
  }

  private delay(q: number): number | null {
    const value = this.delays.quantile(q)
    return value === null ? null : toSeconds(value)
  }

  /** A last bucket that is not whole says nothing. */
  private flow(): PublishesReport['flow'] {
    const whole = Math.floor(this.end / this.width)
    const shares = Array.from({length: whole}, (_, i) => this.cameIn[i]! / this.sentIn[i]!).filter(Number.isFinite)
    if (shares.length === 0) return {min: null, max: null}
    return {min: Math.min(...shares), max: Math.max(...shares)}
  }
}
