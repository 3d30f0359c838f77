import {quoted} from './error.ts'
import {isMap, isText} from './map.ts'
import {oneOf} from './nearest.ts'
import {list, type Raw, raw} from './raw.ts'
import type {Report} from './references.ts'
import type {StrategyFacts} from './release.ts'
import type {Topology} from './topology.ts'

/** Whether the database that a server uses is one, and has the table. */
export function checkUse(topology: Topology, name: string, report: Report): void {
  const use = topology.useOf(name)
  if (use === undefined || !isText(use.to)) return
  const at = ['tiers', name, 'database']
  const databases = topology.databases()
  if (!databases.includes(use.to))
    return report([...at, 'to'], quoted(use.to), `a tier of kind database: ${oneOf(use.to, databases)}`)
  const {tables} = topology.tier(use.to)
  if (!isMap(tables) || !isText(use.table)) return
  const table = tables[use.table]
  if (table === undefined)
    report([...at, 'table'], quoted(use.table), `a table of ${use.to}: ${oneOf(use.table, Object.keys(tables))}`)
  else if (isMap(table)) checkColumns(use, table, [...at, 'versions'], report)
}

/** The first version finds what it names in the table, and whoever reads something finds what somebody writes. */
function checkColumns({table, versions}: Raw, {columns}: Raw, at: readonly string[], report: Report): void {
  const there = texts(columns)
  const written = list(versions).flatMap(version => texts(raw(version).writes))
  list(versions).forEach((version, k) => {
    const isFirst = k === 0
    const known = isFirst ? there : [...new Set([...there, ...written])]
    const where = isFirst
      ? `a column of ${String(table)}`
      : `a column of ${String(table)}, or one that some version writes`
    for (const what of isFirst ? ['reads', 'writes', 'requires'] : ['reads'])
      texts(raw(version)[what]).forEach((name, i) => {
        if (known.includes(name) || texts(raw(version).tolerates).includes(name)) return
        report([...at, `${k}`, what, `${i}`], quoted(name), `${where}: ${oneOf(name, known)}`)
      })
  })
}

const texts = (value: unknown): readonly string[] => list(value).filter(isText)

/** Whether the tier has what the strategy needs. */
export function checkNeed(topology: Topology, tier: string, {name, needs}: StrategyFacts, report: Report): void {
  const at = ['release', tier, 'strategy']
  if (needs === 'database' && topology.tier(tier).database === undefined)
    report(at, `${quoted(name)}, which changes the columns of a database`, `\`database: {to: …}\` in ${tier}`)
  // Somebody has to hold requests, or to turn from one process to another.
  if (needs === 'proxies' && !topology.isBehindProxies(tier))
    report(
      at,
      `${quoted(name)}, which suits only tiers that proxies pass requests on to`,
      `a proxy with \`upstream: {to: ${tier}}\`, or a strategy that needs none`,
    )
}
