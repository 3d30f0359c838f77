import type {AppVersion, DatabaseUse} from '../../net/database/options.ts'
import type {Rule, Trouble} from '../finding.ts'
import type {Released} from '../released.ts'
import type {Subject} from '../subject.ts'

export const readsBeforeFilled: Rule = {
  name: 'reads-before-filled',
  wants: 'A column is read only by a version after the one from which on all rows have its value.',
  severity: 'error',
  evidence: 'https://stripe.com/blog/online-migrations',
  find: subject =>
    subject.releases.filter(({strategy}) => strategy === 'schema-migration').flatMap(it => find(subject, it)),
}

function find({tiers}: Subject, {name, tier}: Released): Trouble[] {
  const use = tier.database!
  const there = tiers[use.to]!.holds!.tables[use.table]!.columns
  const early = tooEarly(use, there)
  const [first] = early
  if (first === undefined) return []
  const path = `tiers.${name}.database.versions`
  const versions = inOrder(use.versions, there)
  return [
    {
      found: early.map(({version, column}) => ({path: `${path}.${version}.reads`, value: `${column}, which is added`})),
      reason: `Version ${first.version} of ${name} reads ${first.column} of ${use.table} ${first.why}: it gets old values, or none.`,
      fix: tooEarly({...use, versions}, there).length === 0 ? [`${path}=${inFlow(versions)}`] : [],
    },
  ]
}

interface Early {
  readonly version: number
  readonly column: string
  readonly why: string
}

/**
 * Who reads a column first that is added and is not up to date in all rows. Rows are copied when version 1 is rolled out: that has
 * it too early, and so has each later one unless all from version 1 on write it.
 */
function tooEarly({versions, writes}: DatabaseUse, there: readonly string[]): Early[] {
  return versions.flatMap(({reads: [column, ...others]}, version) => {
    if (version === 0 || column === undefined || there.includes(column)) return []
    if (version === 1) {
      // Who falls back on another column is right about each row that nobody writes.
      const isRight = writes === 0 && others.length > 0
      return isRight ? [] : [{version, column, why: 'while it is rolled out, before rows are copied'}]
    }
    const silent = versions.findIndex((it, k) => k > 0 && k <= version && !it.writes.includes(column))
    return silent === -1 ? [] : [{version, column, why: `which version ${silent} does not write`}]
  })
}

/** The same program by way of one that writes the new and reads the old, and one that reads the new and writes both. */
function inOrder([before, first, ...later]: readonly AppVersion[], there: readonly string[]): readonly AppVersion[] {
  const read = [first!, ...later].flatMap(({reads}) => reads.slice(0, 1))
  const added = read.filter(column => !there.includes(column))
  const writing = (version: AppVersion, columns: readonly string[]) => ({...version, writes: columns})
  const rest = later.map(version => writing(version, union(version.writes, added)))
  const one = writing(first!, union(first!.writes, added))
  if (!added.includes(first!.reads[0]!)) return [before!, one, ...rest]
  const both = union(before!.writes, one.writes)
  const end = both.length > one.writes.length ? [one] : []
  return [before!, writing(before!, both), writing(first!, both), ...end, ...rest]
}

const union = (...lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.flat())]

/** As one would write it into a file. */
function inFlow(versions: readonly AppVersion[]): string {
  const texts = versions.map(({reads, writes, requires, tolerates}) => {
    const fields = Object.entries({reads, writes, requires, tolerates})
    const said = fields.filter(([key, columns]) => columns.length > 0 || key === 'reads' || key === 'writes')
    return `{${said.map(([key, columns]) => `${key}: [${columns.join(', ')}]`).join(', ')}}`
  })
  return `[${texts.join(', ')}]`
}
