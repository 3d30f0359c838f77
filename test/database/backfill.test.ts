import {describe, expect, test} from 'vitest'
import {fixed} from '../../sim/engine/distributions.ts'
import {micros, millis, minutes, toSeconds} from '../../sim/engine/time.ts'
import {database, release, renaming, servers, uses} from '../harness.ts'
import {watch} from '../oracles/watch.ts'

const rows = 2_500

/** How long it takes to copy `rows` rows, and how old the copies are when all rows have one. */
function copied(backfillRows: number, backfillRowTime: number, backfillDelay: number) {
  const quick = {surge: 1, unavailable: 0, propagation: fixed(0), preStop: 0, alterTime: 0}
  const phases = new Map<string, number>()
  const {report} = watch(
    {
      end: minutes(5),
      tiers: {app: servers(1, {database: uses({versions: renaming.slice(0, 2)})}), db: database({}, rows)},
      release: [release('app', 'schema-migration', {...quick, backfillRows, backfillRowTime, backfillDelay})],
    },
    1,
    {
      control(at, event) {
        if (event.kind === 'phase') phases.set(event.phase.slice(0, 2), toSeconds(at))
      },
    },
  )
  // All differ from the ADD on, which is when the release begins.
  const alike = 10 + report.databases!.db!.divergentRows.parityAfter!
  return {lasts: phases.get('S4')! - phases.get('S3')!, lastStep: alike - phases.get('S3')!}
}

describe('R rows in steps of B, with t for each row and d after each step', () => {
  test.each([
    [1_000, 20, 0],
    [1_000, 40, 0],
    [1_000, 20, 500],
    [1_000, 20, 1_000],
    [100, 20, 500],
    [2_500, 0, 500],
    [10_000, 300, 500],
  ])('take R t + ⌈R/B⌉ d: B = %i, t = %i µs, d = %i ms', (step, rowTime, delay) => {
    const {lasts, lastStep} = copied(step, micros(rowTime), millis(delay))
    const copying = (rows * rowTime) / 1e6
    expect(lasts).toBeCloseTo(copying + (Math.ceil(rows / step) * delay) / 1e3, 5)
    // The last of them has its copy when its step is through, and the wait after that is for nothing.
    expect(lastStep).toBeCloseTo(copying + ((Math.ceil(rows / step) - 1) * delay) / 1e3, 5)
  })
})
