import type {PublishesReport, Report} from '../metrics/report.ts'
import {counts, durations, percents, ratios} from './rows.ts'
import type {Table} from './table.ts'

/** What became of MQTT publishes, a column for each workload and direction. */
export function publishesTable({publishes = {}}: Report): Table {
  const flows = Object.entries(publishes).flatMap(([name, {up, down}]): [string, PublishesReport][] => [
    [`${name}, up`, up],
    [`${name}, down`, down],
  ])
  const all = flows.map(([, flow]) => flow)
  const rows = [
    counts('QoS', all, ({qos}) => qos),
    counts('sent', all, ({sent}) => sent),
    counts('delivered', all, ({delivered}) => delivered),
    counts('  late', all, ({delayed}) => delayed),
    durations('  by at most', all, ({delay}) => delay.max),
    counts('delivered once more', all, ({duplicated}) => duplicated),
    counts('lost', all, ({lost}) => lost),
    counts('waiting at the end', all, ({waiting}) => waiting),
    percents('delivered in the worst bucket', all, ({flow}) => flow.min),
  ]
  return {title: 'Publishes', columns: flows.map(([name]) => name), rows}
}

/** New connections of MQTT clients, and tunnels that moved. */
export function movesTable({moves = {}, acks = {}, sessions = {}}: Report): Table {
  const names = Object.keys(moves)
  const rows = [
    counts('new connections', names, name => acks[name]!.total),
    ratios('at most, 1 before the release', names, name => acks[name]!.peak),
    ratios('at least', names, name => acks[name]!.trough),
    counts('tunnels asked to move', names, name => moves[name]!.solicited),
    counts('  moved', names, name => moves[name]!.moved),
    counts('  refused', names, name => moves[name]!.refused),
    ...(Object.keys(sessions).length === 0
      ? []
      : [
          counts('sessions taken over', names, name => sessions[name]?.takenOver),
          counts('  evacuated before', names, name => sessions[name]?.evacuated),
          counts('  lost', names, name => sessions[name]?.lost),
        ]),
  ]
  return {title: 'Tunnels', columns: names, rows}
}
