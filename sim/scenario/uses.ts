import {quoted} from './error.ts'
import {isMap, isText} from './map.ts'
import {oneOf} from './nearest.ts'
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
  const tables = tablesOf(topology, use.to)
  if (isText(use.table) && !tables.includes(use.table))
    report([...at, 'table'], quoted(use.table), `a table of ${use.to}: ${oneOf(use.table, tables)}`)
}

function tablesOf(topology: Topology, name: string): readonly string[] {
  const {tables} = topology.tier(name)
  return isMap(tables) ? Object.keys(tables) : []
}

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
