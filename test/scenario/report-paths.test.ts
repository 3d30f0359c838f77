import {describe, expect, test} from 'vitest'
import type {Report} from '../../sim/metrics/report.ts'
import {shapes, strayed} from '../../sim/scenario/report-paths.ts'

/** A number of the report is a number or null, a list of them a list, and all else the same again, one step down. */
type ShapeOf<T> = T extends number | null
  ? 'number'
  : T extends readonly number[]
    ? 'list'
    : string extends keyof T
      ? Readonly<Record<string, 'number'>>
      : {readonly [K in keyof T]-?: ShapeOf<NonNullable<T[K]> extends object ? NonNullable<T[K]> : T[K]>}
type Each<T> = NonNullable<T> extends Readonly<Record<string, infer V>> ? V : never
type Exactly<A, B> = [A, B] extends [B, A] ? true : false

/** Does not compile unless a part of the report and the table of its paths have the same keys. */
const same = <A, B>(_: Exactly<A, B>): void => undefined

const names = {
  traffic: ['web', 'chat'],
  connections: ['chat'],
  packets: [],
  posts: ['photo'],
  pages: [],
  jobs: [],
  mqtt: [],
  databases: [],
  tiers: ['edge', 'app'],
  behind: ['app'],
  stores: [],
  release: ['edge'],
}

describe('the table of the paths of a report', () => {
  test('has the keys of the report, or does not compile', () => {
    same<ShapeOf<Each<Report['connections']>>, (typeof shapes)['connections']>(true)
    same<ShapeOf<Each<Report['packets']>>, (typeof shapes)['packets']>(true)
    same<ShapeOf<Each<NonNullable<Report['posts']>>>, (typeof shapes)['posts']>(true)
    same<ShapeOf<Each<NonNullable<Report['publishes']>>>, (typeof shapes)['publishes']>(true)
    same<ShapeOf<Each<NonNullable<Report['acks']>>>, (typeof shapes)['acks']>(true)
    same<ShapeOf<Each<NonNullable<Report['moves']>>>, (typeof shapes)['moves']>(true)
    same<ShapeOf<Each<NonNullable<Report['holds']>>>, (typeof shapes)['holds']>(true)
    same<ShapeOf<Each<NonNullable<Report['stores']>>>, (typeof shapes)['stores']>(true)
    same<ShapeOf<Each<NonNullable<Report['databases']>>>, (typeof shapes)['databases']>(true)
    same<ShapeOf<Each<Report['tiers']>>, (typeof shapes)['tiers']>(true)
    same<ShapeOf<Each<Report['release']>>, (typeof shapes)['release']>(true)
    same<ShapeOf<Report['disruption']>, (typeof shapes)['disruption']>(true)
    same<ShapeOf<Report['engine']>, (typeof shapes)['engine']>(true)
    same<keyof Each<Report['traffic']>, keyof (typeof shapes)['traffic']>(true)
    expect(Object.keys(shapes)).toEqual([
      'traffic',
      'connections',
      'packets',
      'posts',
      'publishes',
      'acks',
      'moves',
      'holds',
      'stores',
      'databases',
      'sessions',
      'pages',
      'jobs',
      'tiers',
      'release',
      'disruption',
      'engine',
    ])
  })

  test.each([
    'traffic.web.refused',
    'traffic.chat.causes.killed-at-drain-end',
    'traffic.web.latency.p99',
    'connections.chat.bounces.mean',
    'connections.chat.perHost.0',
    'posts.photo.answers.379',
    'holds.app.wait.p99',
    'tiers.app.capacity.min',
    'release.edge.duration',
    'disruption.fraction',
    'engine.events',
  ])('knows %s', path => {
    expect(strayed(path, names)).toBeUndefined()
  })

  test.each([
    ['trafic.web.refused', 'no "trafic"', '"traffic"'],
    ['traffic.wb.refused', 'no "wb"', 'a workload: "web"'],
    ['traffic.web.refusd', 'no "refusd"', '"refused"'],
    ['traffic.web.causes.kiled', 'no "kiled"', '"killed"'],
    ['connections.web.bounces.mean', 'no "web"', 'a workload of kind keep-alive, websocket, quic or mqtt: "chat"'],
    ['connections.chat.perHost.first', 'no "first"', 'the number of a host, counted from 0'],
    ['connections.chat.perHost', 'more than one number', 'the number of a host, counted from 0 after it'],
    ['holds.edge.peak', 'no "edge"', 'a tier that proxies pass requests on to: "app"'],
    ['release.app.duration', 'no "app"', 'a tier that is released: "edge"'],
    ['traffic.web.refused.total', 'no "total"', 'the path to end before it'],
    ['tiers.edge.capacity', 'more than one number', 'one of "min", "mean" after it'],
    ['traffic.web.constructor', 'no "constructor"', expect.stringContaining('"started"')],
  ])('says of %s that it has %s', (path, found, wanted) => {
    expect(strayed(path, names)).toEqual({found, wanted})
  })
})
