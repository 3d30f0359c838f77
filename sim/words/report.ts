import type {ConnectionsReport, Report} from '../metrics/report.ts'
import {causeInWords, causesOf, outcomesInWords} from './causes.ts'
import {databasesTable} from './databases.ts'
import {count, none, percent} from './figures.ts'
import {lossWords} from './losses.ts'
import {total} from './measures.ts'
import {movesTable, publishesTable} from './mqtt.ts'
import {bytes, counts, durations, fineRatios, percents, ratios} from './rows.ts'
import {storesTable} from './stores.ts'
import type {Row, Table} from './table.ts'

/** All that a report says of one run, in tables; those that have nothing to tell are left out. */
export function tablesOf(report: Report): Table[] {
  const tables = [
    trafficTable(report),
    connectionsTable(report),
    packetsTable(report),
    publishesTable(report),
    movesTable(report),
    postsTable(report),
    holdsTable(report),
    storesTable(report),
    databasesTable(report),
    pagesTable(report),
    jobsTable(report),
    tiersTable(report),
  ]
  return tables.filter(({columns}) => columns.length > 0)
}

function trafficTable(report: Report): Table {
  const workloads = Object.values(report.traffic)
  const outcomes = Object.entries(outcomesInWords) as [keyof typeof outcomesInWords, string][]
  const rows = [
    counts('started', workloads, ({started}) => started),
    counts('completed', workloads, ({completed}) => completed),
    ...outcomes.flatMap(([outcome, words]) => [
      alarming(counts(words, workloads, workload => workload[outcome])),
      ...causeRows(report, outcome),
    ]),
    counts('open at the end', workloads, ({open}) => open),
    durations('latency p50', workloads, ({latency}) => latency.p50),
    durations('latency p99', workloads, ({latency}) => latency.p99),
  ]
  return {title: 'Traffic', columns: Object.keys(report.traffic), rows}
}

/** The causes of one outcome that occurred, under it. */
function causeRows(report: Report, outcome: string): Row[] {
  const found = causesOf(report).filter(([cause]) => causeInWords(cause).outcome === outcome)
  return found.map(([cause]) =>
    counts(`  ${causeInWords(cause).words}`, Object.values(report.traffic), ({causes}) => causes[cause] ?? 0),
  )
}

const alarming = (row: Row): Row => ({
  ...row,
  cells: row.cells.map(cell => (cell.text === '0' ? cell : {...cell, format: 'red'})),
})

function connectionsTable(report: Report): Table {
  const all = Object.values(report.connections)
  const rows = [
    fineRatios('bounces per client, mean', all, ({bounces}) => bounces.mean),
    counts('bounces per client, most', all, ({bounces}) => bounces.max),
    counts('reconnects', all, ({reconnects}) => reconnects.total),
    counts('reconnects in the busiest second', all, ({reconnects}) => reconnects.peakPerSecond),
    counts('closed idle, no harm done', all, ({closedIdle}) => closedIdle),
    ...(all.some(({aged}) => aged !== undefined)
      ? [
          counts('ended for their age', all, ({aged}) => aged?.total),
          counts('  in the busiest second', all, ({aged}) => aged?.peakPerSecond),
        ]
      : []),
    counts('on one host at the end, fewest', all, onHost(Math.min)),
    counts('on one host at the end, most', all, onHost(Math.max)),
    ratios('on one host ever, over mean at start', all, ({peakOverMean}) => peakOverMean),
  ]
  return {title: 'Connections', columns: Object.keys(report.connections), rows}
}

const onHost =
  (choose: (...counts: number[]) => number) =>
  ({perHost}: ConnectionsReport) =>
    perHost.length === 0 ? null : choose(...perHost)

function packetsTable({packets = {}}: Report): Table {
  const all = Object.values(packets)
  const rows = [
    counts('sent', all, ({sent}) => sent),
    counts('delivered', all, ({delivered}) => delivered),
    counts('  by another worker', all, ({handed}) => handed),
    counts('  forwarded', all, ({forwarded}) => forwarded),
    counts('  opened a second connection', all, ({duplicates}) => duplicates),
    alarming(counts('misrouted', all, ({misrouted}) => misrouted)),
    counts('  answered with a reset', all, ({resets}) => resets),
    counts('  on one host, most', all, ({mostMisroutedOnOneHost}) => mostMisroutedOnOneHost),
    alarming(counts('dropped, a queue was full', all, ({overflowed}) => overflowed)),
    alarming(counts('dropped, nobody read', all, ({unread}) => unread)),
    counts('dropped on the way', all, ({lost}) => lost),
    counts('dropped in the worst second', all, ({peakDroppedPerSecond}) => peakDroppedPerSecond),
  ]
  return {title: 'Packets', columns: Object.keys(packets), rows}
}

function postsTable({posts = {}}: Report): Table {
  const all = Object.values(posts)
  const rows = [
    counts('disrupted', all, ({disrupted}) => disrupted.count),
    percents('disrupted, share of all', all, ({disrupted}) => disrupted.fraction, 4),
    counts('handed back (379)', all, ({handedBack}) => handedBack),
    counts('replayed', all, ({replayed}) => replayed),
    counts('replays of one, most', all, ({replays}) => replays.max),
    counts('told to send it all again (307)', all, ({redirected}) => redirected),
    bytes('back and out again for replays', all, ({bytes: {returned, resent}}) => returned + resent),
    bytes('sent in vain by users', all, ({bytes: {repeated}}) => repeated),
    bytes('bodies kept by one proxy, peak', all, ({proxyMemory}) => proxyMemory.peak),
    counts('379s that users saw', all, ({answers}) => answers[379]),
  ]
  return {title: 'Unfinished POSTs', columns: Object.keys(posts), rows}
}

function holdsTable({holds = {}}: Report): Table {
  const all = Object.values(holds)
  const rows = [
    counts('held', all, ({requests}) => requests),
    counts('at a time, most', all, ({peak}) => peak),
    durations('waited, p50', all, ({wait}) => wait.p50),
    durations('waited, p99', all, ({wait}) => wait.p99),
    durations('waited, longest', all, ({wait}) => wait.max),
    alarming(counts('for too long', all, ({expired}) => expired)),
    alarming(counts('gone meanwhile', all, ({gone}) => gone)),
    alarming(counts('no room for', all, ({refused}) => refused)),
    durations('backlog cleared after', all, ({cleared}) => cleared),
  ]
  return {title: 'Held requests for', columns: Object.keys(holds), rows}
}

function pagesTable({pages = {}}: Report): Table {
  const all = Object.values(pages)
  const rows = [
    counts('loaded', all, ({loaded}) => loaded),
    alarming(counts('broken', all, ({broken}) => broken)),
    counts('requests for assets that were gone', all, ({skewed}) => skewed),
    counts('loaded again, as their users were told', all, ({reloaded}) => reloaded),
    counts('of an older version at the end', all, ({old}) => old),
    durations('last of an older version gone after', all, ({lastOldAfter}) => lastOldAfter),
  ]
  return {title: 'Open pages', columns: Object.keys(pages), rows}
}

function jobsTable({jobs = {}}: Report): Table {
  const all = Object.values(jobs)
  const rows = [
    counts('done', all, ({done}) => done),
    counts('given back to the queue', all, ({requeued}) => requeued),
    alarming(counts('lost with their process', all, ({lost}) => lost)),
    counts('begun more than once', all, ({again}) => again),
    alarming(counts('done more than once', all, ({doneTwice}) => doneTwice)),
    durations('work thrown away', all, ({thrownAway}) => thrownAway),
  ]
  return {title: 'Jobs', columns: Object.keys(jobs), rows}
}

function tiersTable(report: Report): Table {
  const names = Object.keys(report.tiers)
  const all = Object.values(report.tiers)
  const release = (name: string) => report.release[name]
  const rows = [
    counts('hosts', all, ({hosts}) => hosts),
    percents('capacity, lowest', all, ({capacity}) => capacity.min),
    percents('capacity, mean', all, ({capacity}) => capacity.mean),
    percents('idle CPU, lowest', all, ({idleCpu}) => idleCpu.min),
    percents('idle CPU, mean', all, ({idleCpu}) => idleCpu.mean),
    bytes('memory of one host, peak', all, ({memory}) => memory.peak),
    counts('old processes at the end', names, name => (release(name) ? report.tiers[name]!.processes.old : null)),
    counts('new processes at the end', names, name => (release(name) ? report.tiers[name]!.processes.new : null)),
    ...(all.some(({udp}) => udp && udp.leaked > 0)
      ? [bytes('leaked in UDP sockets', all, ({udp}) => udp?.leaked)]
      : []),
    {head: 'released with', cells: names.map(name => ({text: report.strategies[name] ?? none}))},
    durations('release began at', names, name => release(name)?.startedAt),
    ...(names.some(name => release(name)?.haltedAt !== undefined)
      ? [durations('release halted at', names, name => release(name)?.haltedAt)]
      : []),
    durations('release took', names, name => release(name)?.duration),
  ]
  return {title: 'Tiers', columns: names, rows}
}

/** A run in one or two sentences: how much was disrupted, why mostly, and what there is to be done. */
export function summary(report: Report): string[] {
  const {count: disrupted, fraction} = report.disruption
  const [worst] = causesOf(report)
  const isOver = Object.values(report.release).every(({finishedAt}) => finishedAt !== null)
  const lost = lossWords(report)
  const unseen = lost.length === 0 ? [] : [`What nobody is told: ${lost.join(', ')}.`]
  if (!worst) return [isOver ? 'Nothing was disrupted.' : 'Nothing was disrupted so far.', ...unseen]
  const {words, advice} = causeInWords(worst[0])
  const started = count(total(report, traffic => traffic.started))
  const often = worst[1] === disrupted ? 'all of them' : `${count(worst[1])} of them`
  return [
    `Disrupted: ${count(disrupted)} of ${started} (${percent(fraction, 3)} %), ${often} for one cause: ${words}.`,
    `To have less of that, ${advice}.`,
    ...unseen,
  ]
}
