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

const sum = (numbers: readonly number[]): number => numbers.reduce((all, it) => all + it, 0)
