import type {Report} from '../metrics/report.ts'
import {count} from './figures.ts'

/** What is not there any more, or never came, though it disrupted nobody: nobody is told. */
export interface Losses {
  /** Acknowledged writes of stores. */
  readonly writes: number
  /** Rows of databases, no column of which has the newest value. */
  readonly rows: number
  /** MQTT publishes. */
  readonly publishes: number
}

export function lossesOf({stores = {}, databases = {}, publishes = {}}: Report): Losses {
  const ways = Object.values(publishes).flatMap(it => Object.values(it))
  return {
    writes: sum(Object.values(stores).map(({lost, overwritten}) => lost + overwritten)),
    rows: sum(Object.values(databases).map(({lostRows}) => lostRows)),
    publishes: sum(ways.map(({lost}) => lost)),
  }
}

export const lossIn = (report: Report): number => sum(Object.values(lossesOf(report)))

/** A phrase for each that there is: 166 acknowledged writes lost. */
export function lossWords(report: Report): string[] {
  const {writes, rows, publishes} = lossesOf(report)
  return [
    ...(writes > 0 ? [`${count(writes)} acknowledged ${writes === 1 ? 'write' : 'writes'} lost`] : []),
    ...(rows > 0 ? [`${count(rows)} ${rows === 1 ? 'row' : 'rows'} without the newest value`] : []),
    ...(publishes > 0 ? [`${count(publishes)} ${publishes === 1 ? 'publish' : 'publishes'} lost`] : []),
  ]
}

/** Of a run that disrupted nobody: what is gone all the same, and what to do about it. Nothing if nothing is. */
export function quietLosses(report: Report): string[] {
  const {writes, rows, publishes} = lossesOf(report)
  const advice = [
    ...(writes > 0
      ? [
          'have no write answered by a primary that is to go unless its heir gets it: by failover, or by client-pause with a pause longer than lag and move together; where primaries crash, min-replicas-to-write bounds what is lost',
        ]
      : []),
    ...(rows > 0 ? ['have both columns written for as long as some process reads the old one'] : []),
    ...(publishes > 0 ? ['have tunnels moved to another proxy instead of being cut'] : []),
  ]
  if (advice.length === 0) return []
  return [`What nobody is told: ${lossWords(report).join(', ')}.`, ...advice.map(it => `To have less of that, ${it}.`)]
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, it) => all + it, 0)
