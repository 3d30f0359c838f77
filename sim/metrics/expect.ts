import type {ExpectReport, Report} from './report.ts'

/** What a number of the report should be; `within` is a share of `is`. */
export interface Wish {
  readonly path: string
  readonly is?: number | string | null
  readonly within?: number
  readonly atLeast?: number
  readonly atMost?: number
}

/** Holds a report against what was expected of it. A path that leads nowhere is not met. */
export function held(report: Omit<Report, 'expect'>, wish: Wish): ExpectReport {
  return judged(valueAt(report, wish.path), wish)
}

/** The same of a number that was found in one; undefined if nothing was. */
export const judged = (found: number | string | null | undefined, wish: Wish): ExpectReport => {
  const got = found === undefined ? absent : found
  return {path: wish.path, wanted: wanted(wish), got, met: found !== undefined && meets(got, wish)}
}

const absent = 'not in the report'

function valueAt(report: object, path: string): number | string | null | undefined {
  let value: unknown = report
  for (const step of path.split('.')) value = value === null ? undefined : (value as Record<string, unknown>)?.[step]
  // A report names only the causes that there were.
  if (value === undefined && /^traffic\.[^.]+\.causes\./.test(path)) return 0
  return typeof value === 'number' || typeof value === 'string' || value === null ? value : undefined
}

function meets(got: number | string | null, {is, within, atLeast, atMost}: Wish): boolean {
  if (is !== undefined && !(within === undefined ? got === is : near(got, is, within))) return false
  if (atLeast !== undefined && !(typeof got === 'number' && got >= atLeast)) return false
  return atMost === undefined || (typeof got === 'number' && got <= atMost)
}

const near = (got: number | string | null, is: number | string | null, within: number): boolean =>
  typeof got === 'number' && typeof is === 'number' && Math.abs(got - is) <= within * Math.abs(is)

function wanted({is, within, atLeast, atMost}: Wish): string {
  const parts = [
    is === undefined ? '' : within === undefined ? `${is}` : `${is} ± ${Number((within * 100).toPrecision(6))} %`,
    atLeast === undefined ? '' : `at least ${atLeast}`,
    atMost === undefined ? '' : `at most ${atMost}`,
  ]
  return parts.filter(part => part !== '').join(', ')
}
