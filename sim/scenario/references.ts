import {type Path, quoted, shown} from './error.ts'
import {isReportPath} from './expectation.ts'
import {faultKinds, hostOf} from './fault.ts'
import {isText} from './map.ts'
import {nearest, oneOf} from './nearest.ts'
import {durationOf, list, type Raw, raw} from './raw.ts'
import type {StrategyFacts} from './release.ts'
import {type Names, strayed} from './report-paths.ts'
import {checkSizes, mostBuckets, mostTiers} from './sizes.ts'
import {Topology} from './topology.ts'
import {formatDuration} from './units.ts'
import {checkNeed, checkUse} from './uses.ts'

/** Says that something is wrong at a path. */
export type Report = (path: Path, found: string, wanted: string, what?: 'key' | 'value') => void

/**
 * Reports whatever does not fit together in a scenario: names that nobody has, tiers that nobody reaches, instants after
 * the end. It works on what the file holds, and passes over what is wrong in itself, so that one mistake hides no other.
 */
export function checkReferences(root: unknown, strategies: readonly StrategyFacts[], report: Report): void {
  const scenario = raw(root)
  const topology = new Topology(scenario.tiers)
  const worked = new Set(
    Object.values(raw(scenario.traffic)).flatMap(it => (raw(it).kind === 'job' ? [raw(it).to] : [])),
  )
  for (const name of topology.names) checkTier(topology, name, report, worked.has(name))
  for (const [name, workload] of Object.entries(raw(scenario.traffic))) checkWorkload(topology, name, workload, report)
  for (const [tier, release] of Object.entries(raw(scenario.release)))
    checkRelease({topology, strategies, report, tier}, raw(release))
  for (const [i, fault] of list(scenario.faults).entries()) checkFault(topology, i, raw(fault), report)
  for (const [i, change] of list(scenario.changes).entries())
    checkChange(topology, i, raw(change), report, raw(scenario.traffic))
  checkInstants(scenario, report)
  checkSizes(scenario, report)
  checkExpectations(scenario, strategies, report)
}

function checkTier(topology: Topology, name: string, report: Report, isWorked: boolean): void {
  const upstreams = topology.upstreamsOf(name)
  for (const {to, at, it} of upstreams) {
    const path = ['tiers', name, ...at, 'to']
    const fitting = topology.databases(false)
    if (topology.kindOf(to) === 'store')
      report(
        path,
        `${quoted(to)}, which is a store`,
        'a tier that answers requests; commands go to a store without a proxy',
      )
    else if (!fitting.includes(to)) report(path, quoted(to), `a tier: ${oneOf(to, fitting)}`)
    else if (topology.routes.path(to, name) !== undefined)
      report(path, `${quoted(to)}, from which requests come back to ${quoted(name)}`, 'a tier further from the clients')
    else if (it.http2 !== undefined && !topology.isEntry(to))
      report(
        path,
        `${quoted(to)}, which has no balancer`,
        '`behind: l4lb` in it, for the HTTP/2 connections to go through',
      )
  }
  checkUse(topology, name, report)
  const isReached = isWorked || topology.isReached(name) || topology.kindOf(name) === 'store'
  if (!isReached && !topology.hasLooseEnd())
    report(
      ['tiers', name],
      'a tier that nobody reaches',
      topology.isDatabase(name)
        ? 'a server with it as its database'
        : '`behind: l4lb` in it, or a proxy with it as its upstream',
      'key',
    )
}

function checkWorkload(topology: Topology, name: string, workload: unknown, report: Report): void {
  const {to, via, kind} = raw(workload)
  const at = ['traffic', name, 'to']
  if (!isText(to)) return
  if (topology.isDatabase(to)) return report(at, `${quoted(to)}, which servers ask, and no client`, 'a tier of servers')
  if (!topology.names.includes(to)) return report(at, quoted(to), `a tier: ${oneOf(to, topology.databases(false))}`)
  if (kind === 'quic' && (topology.tier(to).udp === undefined || !topology.isEntry(to)))
    return report(
      at,
      `${quoted(to)}, which no client reaches over UDP`,
      'a tier behind a balancer, with `udp: {}` in it',
    )
  if (kind === 'job') return checkJobs(topology, name, to, report)
  checkSpeech(topology, name, raw(workload), report)
  if (isText(via)) return checkWay(topology, name, {to, via}, report)
  const entries = topology.entriesTo(to)
  if ((topology.routes.path(entries[0] ?? to, to) ?? []).length > mostTiers)
    report(at, `${quoted(to)}, which is more than ${mostTiers} tiers away`, `at most ${mostTiers} tiers in a row`)
  if (entries.length > 1)
    report(
      at,
      `${quoted(to)}, which both ${entries.join(' and ')} lead to`,
      `\`via: ${entries[0]}\` or another of them`,
    )
}

/** What is spoken to a tier, and by a workload, where it is not HTTP: brokers and stores understand nothing else. */
const speechOfTier: Readonly<Record<string, string>> = {broker: 'MQTT', store: 'commands'}
const speechOfWorkload: Readonly<Record<string, string>> = {mqtt: 'MQTT', commands: 'commands'}
const kindSpeaking: Readonly<Record<string, string>> = {MQTT: 'broker', commands: 'store'}

const said = (speech: Readonly<Record<string, string>>, kind: unknown): string | undefined =>
  isText(kind) && Object.hasOwn(speech, kind) ? speech[kind] : undefined

function checkSpeech(topology: Topology, name: string, {to, kind}: Raw, report: Report): void {
  const speech = (tier: string) => said(speechOfTier, topology.tier(tier).kind)
  const [spoken, understood] = [said(speechOfWorkload, kind), speech(String(to))]
  if (spoken === understood) return
  const fitting = topology.names.filter(tier => speech(tier) === spoken)
  const wanted = spoken === undefined ? '' : `a ${kindSpeaking[spoken]}: `
  const why = understood === undefined ? `is no ${kindSpeaking[spoken!]}` : `speaks only ${understood}`
  report(['traffic', name, 'to'], `${quoted(String(to))}, which ${why}`, `${wanted}${oneOf('', fitting)}`)
}

/** Servers take jobs from a queue, and nobody has to lead there. */
function checkJobs(topology: Topology, name: string, to: string, report: Report): void {
  const servers = topology.names.filter(tier => topology.tier(tier).kind === 'server')
  if (!servers.includes(to))
    report(['traffic', name, 'to'], `${quoted(to)}, which takes no jobs`, `a server: ${oneOf('', servers)}`)
}

function checkWay(topology: Topology, name: string, {to, via}: {to: string; via: string}, report: Report): void {
  const entries = topology.names.filter(
    entry => topology.isEntry(entry) && topology.routes.path(entry, to) !== undefined,
  )
  if (!entries.includes(via))
    report(
      ['traffic', name, 'via'],
      quoted(via),
      `a tier behind a balancer that leads to ${to}: ${oneOf(via, entries)}`,
    )
}

interface ReleaseContext {
  readonly topology: Topology
  readonly strategies: readonly StrategyFacts[]
  readonly report: Report
  readonly tier: string
}

function checkRelease({topology, strategies, report, tier}: ReleaseContext, release: Raw): void {
  const at = ['release', tier]
  if (!topology.places.includes(tier)) return report(at, quoted(tier), `a tier: ${oneOf(tier, topology.places)}`, 'key')
  const kind = topology.kindOf(tier)
  const strategy = strategies.find(({name}) => name === release.strategy)
  if (kind === 'l4lb' && !topology.forgets(tier)) report(at, ...ownsConnections, 'key')
  checkHalt(at, release, report)
  if (strategy === undefined || !isText(kind)) return
  if (strategy.suits.some(suited => suited === kind)) return checkNeed(topology, tier, strategy, report)
  const others = strategies.filter(({suits}) => suits.some(suited => suited === kind)).map(({name}) => name)
  report(
    [...at, 'strategy'],
    `${quoted(strategy.name)}, which suits only tiers of kind ${strategy.suits.join(' or ')}`,
    `for a ${kind === 'l4lb' ? 'balancer' : kind}: ${oneOf('', others)}`,
  )
}

function checkHalt(path: Path, {at, halt}: Raw, report: Report): void {
  const begins = durationOf(at)
  if (begins !== undefined && (durationOf(halt) ?? Infinity) <= begins)
    report([...path, 'halt'], shown(halt), `an instant after the release begins at ${formatDuration(begins)}`)
}

const ownsConnections = [
  'a balancer that ends connections itself',
  'one with `pick: maglev`, which can lose a host and no connection with it',
] as const

function checkFault(topology: Topology, index: number, fault: Raw, report: Report): void {
  const kind = faultKinds.find(key => isText(fault[key]))
  if (kind === undefined) return
  const places = placesOf(topology, kind)
  checkHost(topology, ['faults', index, kind], String(fault[kind]), places, report)
}

/** The tiers and balancers that a fault can befall. */
function placesOf(topology: Topology, kind: (typeof faultKinds)[number]): readonly string[] {
  if (kind === 'l4-host-dies') return topology.balancers
  if (kind === 'host-isolated') return topology.names.filter(name => topology.kindOf(name) === 'store')
  return topology.databases(kind === 'long-query')
}

/** Whether there is a host, of one of these tiers. */
function checkHost(topology: Topology, at: Path, text: string, tiers: readonly string[], report: Report): void {
  const where = hostOf(text)
  if (where === undefined) return
  const {tier, host} = where
  if (!tiers.includes(tier)) return report(at, quoted(tier), `a tier: ${oneOf(tier, tiers)}`)
  const hosts = topology.hostsOf(tier)
  if (typeof hosts === 'number' && hosts >= 1 && host >= hosts)
    report(at, `host ${host} of ${hosts}`, `a host from ${tier}.0 to ${tier}.${hosts - 1}`)
  else if (topology.kindOf(tier) === 'l4lb' && !topology.forgets(tier)) report(at, ...ownsConnections)
}

function checkChange(topology: Topology, index: number, change: Raw, report: Report, traffic: Raw): void {
  const {adds, removes, reconnect} = change
  const fitting = topology.databases(false)
  if (isText(reconnect)) return checkReconnect(['changes', index, 'reconnect'], reconnect, traffic, report)
  if (isText(removes)) return checkHost(topology, ['changes', index, 'removes'], removes, fitting, report)
  if (isText(adds) && !fitting.includes(adds))
    report(['changes', index, 'adds'], quoted(adds), `a tier: ${oneOf(adds, fitting)}`)
}

/** The kinds of workload whose clients come back when a connection breaks. */
const reconnecting = ['websocket', 'quic', 'mqtt']

function checkReconnect(path: Path, name: string, traffic: Raw, report: Report): void {
  const kindOf = (workload: string) => (Object.hasOwn(traffic, workload) ? raw(traffic[workload]).kind : undefined)
  const fitting = Object.keys(traffic).filter(workload => reconnecting.some(kind => kindOf(workload) === kind))
  if (fitting.includes(name)) return
  const found = Object.hasOwn(traffic, name) ? `${quoted(name)}, which does not reconnect` : quoted(name)
  report(path, found, `a workload that reconnects: ${oneOf(name, fitting)}`)
}

/** A release, fault or change after the end would silently be none. */
function checkInstants(scenario: Raw, report: Report): void {
  const end = durationOf(scenario.end)
  if (end === undefined) return
  const releases = Object.entries(raw(scenario.release)).flatMap(([tier, it]) =>
    ['at', 'halt'].map(key => [['release', tier, key], raw(it)[key]] as const),
  )
  const faults = list(scenario.faults).map((it, i) => [['faults', i, 'at'], raw(it).at] as const)
  const changes = list(scenario.changes).map((it, i) => [['changes', i, 'at'], raw(it).at] as const)
  for (const [path, at] of [...releases, ...faults, ...changes])
    if ((durationOf(at) ?? -1) >= end) report(path, shown(at), `an instant before the end at ${formatDuration(end)}`)
  const resolution = durationOf(scenario.resolution) ?? end
  if (resolution > 0 && end / resolution > mostBuckets)
    report(['resolution'], shown(scenario.resolution), `at most ${mostBuckets} of it until the end`)
}

function checkExpectations(scenario: Raw, strategies: readonly StrategyFacts[], report: Report): void {
  const names = namesOf(scenario)
  const check = (path: Path, key: string): void => {
    const problem = strayed(key, names)
    if (problem) report(path, `a path that leads to ${problem.found}`, problem.wanted, 'key')
  }
  const known = strategies.map(({name}) => name)
  for (const [key, value] of Object.entries(raw(scenario.expect))) {
    if (isReportPath(key)) check(['expect', key], key)
    else if (known.includes(key)) for (const path of Object.keys(raw(value))) check(['expect', key, path], path)
    else report(['expect', key], quoted(key), wantedKey(key, known), 'key')
  }
}

const wantedKey = (key: string, strategies: readonly string[]): string => {
  const near = nearest(key, strategies)
  return near === undefined
    ? 'a path in the report, such as traffic.web.refused, or the name of a strategy'
    : quoted(near)
}

/** The kinds of workload of whose connections the report tells. */
const keepers = ['keep-alive', 'websocket', 'quic', 'mqtt']

/** The names in a scenario that paths of its report may have. */
export function namesOf(scenario: Raw): Names {
  const traffic = Object.entries(raw(scenario.traffic))
  const topology = new Topology(scenario.tiers)
  const kept = traffic.filter(([, it]) => keepers.some(kind => raw(it).kind === kind))
  return {
    traffic: traffic.map(([name]) => name),
    connections: kept.map(([name]) => name),
    packets: traffic.filter(([, it]) => raw(it).kind === 'quic').map(([name]) => name),
    posts: traffic
      .filter(([, it]) => raw(it).kind === 'upload' && raw(it).bandwidth !== undefined)
      .map(([name]) => name),
    pages: traffic
      .filter(([, it]) => raw(it).kind === 'keep-alive' && raw(it).page !== undefined)
      .map(([name]) => name),
    jobs: traffic.filter(([, it]) => raw(it).kind === 'job').map(([name]) => name),
    mqtt: traffic.filter(([, it]) => raw(it).kind === 'mqtt').map(([name]) => name),
    databases: new Topology(scenario.tiers).databases(),
    tiers: Object.keys(raw(scenario.tiers)),
    behind: topology.names.filter(name => topology.isBehindProxies(name)),
    stores: Object.entries(raw(scenario.tiers)).flatMap(([name, it]) => (raw(it).kind === 'store' ? [name] : [])),
    release: Object.keys(raw(scenario.release)),
  }
}
