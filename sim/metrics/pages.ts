import {type Time, toSeconds} from '../engine/time.ts'
import type {Pages} from '../net/client/pages.ts'
import type {PagesReport} from './report.ts'

/** What became of the pages of one workload by `now`, whose tier has `version` and was released at some time, or never. */
export function pagesReport(pages: Pages, version: number, releasedAt: Time | null, now: Time): PagesReport {
  const {loaded, broken, skewed, reloaded} = pages
  const {open, lastEnded} = pages.olderThan(version, now)
  const isOver = releasedAt !== null && open === 0
  const lastOldAfter = isOver ? Math.max(0, toSeconds(lastEnded - releasedAt)) : null
  return {loaded, broken, skewed, reloaded, old: open, lastOldAfter}
}
