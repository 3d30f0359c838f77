import {toSeconds} from '../engine/time.ts'
import type {HoldTally} from '../net/proxy/hold.ts'
import {Histogram} from './histogram.ts'
import type {HoldReport} from './report.ts'

/** What became of the requests that were held for one tier. */
export function holdReport({total, most, expired, gone, refused, waits, cleared}: HoldTally): HoldReport {
  const histogram = new Histogram()
  for (const wait of waits) histogram.add(wait)
  const {max} = histogram
  const [p50, p99] = [0.5, 0.99].map(share => histogram.quantile(share))
  return {
    requests: total,
    peak: most,
    wait: {p50: inSeconds(p50), p99: inSeconds(p99), max: waits.length === 0 ? null : toSeconds(max)},
    ...{expired, gone, refused},
    cleared: inSeconds(cleared),
  }
}

const inSeconds = (duration: number | null | undefined) => (duration == null ? null : toSeconds(duration))
