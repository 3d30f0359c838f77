import {describe, expect, test} from 'vitest'
import type {Entry} from '../../sim/trace/ledger.ts'
import type {Trace} from '../../sim/trace/trace.ts'
import {ready} from '../../viz/desk/run.ts'
import {recordingOf} from '../../viz/recording/recording.ts'
import {firstBatches, isOver} from '../../viz/views/tour/batch.ts'
import {batchInWords, hostsInWords} from '../../viz/views/tour/batch-words.ts'
import {firstFaults} from '../../viz/views/tour/faults.ts'
import {
  cutByWorkload,
  firstBurst,
  fullestHost,
  lowestCapacity,
  peakOf,
  sumOf,
  worstStretch,
} from '../../viz/views/tour/moments.ts'

const second = 1_000_000
/** A host and its balancer; process 2 serves, process 3 comes after it. */
const actors = [
  {name: 'edge.0', kind: 'host'},
  {name: 'edge/l4.0', kind: 'balancer'},
  {name: 'edge.0#0', kind: 'process', of: 0},
  {name: 'edge.0#1', kind: 'process', of: 0},
]
type Parts = Partial<Pick<Trace, 'events' | 'strategies'>> & {
  readonly disruptions?: readonly (readonly [at: number, workload: number, cause: number])[]
  readonly columns?: Trace['series']['columns']
}

/** A minute of a run with just that in it. */
function told({events = [], strategies = {}, disruptions = [], columns = {}}: Parts) {
  const column = (k: 0 | 1 | 2) => disruptions.map(it => it[k])
  const none = disruptions.map(() => 0)
  const trace: Trace = {
    $schema: 'restart-trace/1',
    exporter: 'test',
    scenario: 'made by hand',
    seed: 1,
    strategies,
    unit: 'us',
    end: 60 * second,
    actors,
    workloads: [
      {name: 'web', kind: 'http'},
      {name: 'chat', kind: 'websocket'},
    ],
    outcomes: ['completed', 'reset'],
    causes: ['killed', 'killed-at-drain-end'],
    events,
    disruptions: {
      total: disruptions.length,
      cap: 1000,
      at: column(0),
      workload: column(1),
      client: none,
      process: none,
      outcome: none.map(() => 1),
      cause: column(2),
      took: none,
    },
    connections: {
      oneIn: [1, 1],
      cap: 1,
      total: 0,
      workload: [],
      client: [],
      process: [],
      from: [],
      to: [],
      outcome: [],
    },
    series: {width: 10 * second, columns},
    totals: {},
  }
  return ready({label: 'by hand', sets: []}, recordingOf(trace), undefined)
}

describe('a batch', () => {
  const process = (at: number, process: number, state: 'booting' | 'serving' | 'draining' | 'gone'): Entry => ({
    ...{at: at * second, kind: 'process', process, state},
  })
  const listen = (at: number, process: number, on: boolean): Entry => ({at: at * second, kind: 'listen', process, on})
  const inWords = (...events: Entry[]) => {
    const batch: Entry = {at: 10 * second, kind: 'batch', tier: 'edge', hosts: [0]}
    const [story] = firstBatches(told({events: [process(0, 2, 'serving'), batch, ...events]}))
    return batchInWords(story!, time => `0:${time / second}`)
  }

  test('passes sockets: none is closed', () => {
    const passed: Entry = {at: 18 * second, kind: 'sockets', from: 2, to: 3}
    const words = inWords(process(10, 3, 'booting'), passed, process(18, 2, 'draining'), process(28, 2, 'gone'))
    expect(words).toBe(
      '8 s later the old process passes its listening sockets to the new one: none is closed, and nobody is refused. What it still holds has until 0:28 to end.',
    )
  })

  test('closes a socket beside one that listens: whoever is in the accept queue is reset', () => {
    expect(inWords(listen(18, 3, true), listen(18, 2, false), process(18, 2, 'draining'))).toBe(
      '8 s later the new process listens on the same port, and the old one closes its socket: whoever is in its accept queue then is reset. It goes on with what it has.',
    )
  })

  test('closes a socket when nobody sends work there any more', () => {
    const left: Entry = {at: 20 * second, kind: 'rotation', host: 0, share: 0}
    expect(inWords(left, listen(21, 2, false), process(21, 2, 'draining'), process(31, 2, 'gone'))).toMatch(
      /^10 s later the host is out of rotation, so that no new work comes; then the old process closes/,
    )
  })

  test('closes a socket while work is still sent there', () => {
    expect(inWords(listen(10, 2, false), process(10, 2, 'draining'), listen(15, 3, true))).toBe(
      'The old process stops listening while work is still sent to it; nobody accepts that until the new one listens, 5 s after that. It goes on with what it has.',
    )
  })

  test('kills, and nobody listens until a new process does', () => {
    expect(inWords(process(10, 2, 'gone'), process(12, 3, 'booting'), listen(20, 3, true))).toBe(
      'The old process is killed with all that it holds. Nobody listens there until the new one does, 10 s later.',
    )
  })

  test('comes to nothing if the new process gives up', () => {
    expect(inWords(process(10, 3, 'booting'), process(13, 3, 'gone'))).toBe(
      '3 s later the new process ends without having taken over, and the old one goes on.',
    )
  })

  test('is so many of the hosts of a tier, or all of them', () => {
    const story = {tier: 'edge', hosts: 4, at: 0}
    expect([20, 4, undefined].map(all => hostsInWords(story, all))).toEqual([
      '4 of 20 hosts of edge',
      'all 4 hosts of edge',
      '4 hosts of edge',
    ])
    expect(hostsInWords({...story, hosts: 1}, 1)).toBe('the one host of edge')
  })

  test('belongs to a release that is over, or is not', () => {
    const release = (state: 'started' | 'finished'): Entry => ({at: 0, kind: 'release', tier: 'edge', state})
    expect(isOver(told({events: [release('started')]}))).toBe(false)
    expect(isOver(told({events: [release('started'), release('finished')]}))).toBe(true)
  })

  test('of balancers takes one from the routers, and gives it back', () => {
    const forwarding = (at: number, announced: boolean, forwards: boolean): Entry => ({
      ...{at: at * second, kind: 'forwarding', balancer: 1, announced, forwards},
    })
    const batch: Entry = {at: 10 * second, kind: 'batch', tier: 'edge/l4', hosts: [1]}
    const events = [batch, forwarding(10, false, false), forwarding(15, true, true)]
    const [story] = firstBatches(told({events}))
    expect(story).toMatchObject({tier: 'edge/l4', withdrawn: 10 * second, announced: 15 * second})
  })
})

describe('moments', () => {
  const run = told({
    disruptions: [
      [10 * second, 0, 0],
      [10.1 * second, 1, 0],
      [30 * second, 1, 1],
      [30 * second, 0, 1],
      [30 * second, 1, 1],
      [50 * second, 0, 0],
    ],
    columns: {
      'chat.reconnects': [0, 2, 0, 9, 0, 1],
      'web.reconnects': [0, 4, 0, 0, 0, 0],
      'edge.0.connections': [100, 100, 40, 100, 100, 100],
      'edge.1.connections': [100, 100, 160, 100, 100, 100],
      'edge.capacity': [1, 0.5, 0.5, 1, 1, 1],
      'app.capacity': [1, 1, 0.8, 1, 1, 1],
    },
  })

  test('the first burst has all until it is quiet, with its causes', () => {
    expect(firstBurst(run)).toEqual({from: 10 * second, to: 10.1 * second, count: 2, causes: [['killed', 2]]})
    expect(firstBurst(run, 'all', 10.05 * second)).toMatchObject({count: 1})
    expect(firstBurst(told({}))).toBe(undefined)
  })

  test('the first who are cut at drain end are counted by workload', () => {
    const cut = firstBurst(run, 'cut')!
    expect(cut).toMatchObject({from: 30 * second, count: 3})
    expect(cutByWorkload(run, cut)).toEqual([
      ['chat', 2],
      ['web', 1],
    ])
  })

  test('the worst second is the one with most', () => {
    expect(worstStretch(run, second)).toEqual({from: 30 * second, count: 3})
    expect(worstStretch(told({}), second)).toBe(undefined)
  })

  test('a peak is the highest of all series of that ending', () => {
    expect(peakOf(run, '.reconnects')).toEqual({of: 'chat', at: 30 * second, value: 9, total: 12})
    expect(sumOf(run, ['.reconnects'])).toEqual({total: 16, first: 10 * second})
    expect(peakOf(run, '.moved')).toBe(undefined)
  })

  test('the fullest host is told by what hosts of its tier had at the start', () => {
    expect(fullestHost(run)).toMatchObject({of: 'edge.1', at: 20 * second, value: 160, ratio: 1.6})
  })

  test('the lowest capacity is that of the tier that had least, and for how long', () => {
    const low = {tier: 'edge', at: 10 * second, value: 0.5, short: 20 * second}
    expect(lowestCapacity(run, ['app', 'edge'])).toEqual(low)
    expect(lowestCapacity(run, ['broker'])).toBe(undefined)
  })

  test('a fault lasts until it is noticed, or over; hosts that join count only without a release', () => {
    const events: Entry[] = [
      {at: 5 * second, kind: 'pool', tier: 'edge', host: 0, joins: true},
      {at: 10 * second, kind: 'power', host: 0, on: false},
      {at: 20 * second, kind: 'stall', process: 2, on: true},
      {at: 22 * second, kind: 'rotation', host: 0, share: 0},
      {at: 25 * second, kind: 'stall', process: 2, on: false},
    ]
    const found = (strategies: Trace['strategies']) => firstFaults(told({events, strategies}))
    expect(found({edge: 'hard-restart'})).toEqual([
      {what: 'power', name: 'edge.0', at: 10 * second, lasted: 12 * second},
      {what: 'stall', name: 'edge.0#0', at: 20 * second, lasted: 5 * second},
    ])
    expect(found({})[0]).toEqual({what: 'join', name: 'edge.0', at: 5 * second})
  })
})
