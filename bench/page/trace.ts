import {Random} from '../../sim/engine/random.ts'
import {seconds} from '../../sim/engine/time.ts'
import {causes, outcomes, type ProcessState} from '../../sim/net/events.ts'
import type {Trace} from '../../sim/trace/trace.ts'

const hosts = 200
const end = seconds(7200)
const states: readonly ProcessState[] = ['booting', 'serving', 'draining', 'gone']

/** A trace with so many rows: a quarter of them events of hosts, half of them disruptions, a quarter sampled lives. */
export function largeTrace(rows: number): Trace {
  const random = new Random('a large trace')
  const restarts = Math.floor(rows / 4 / hosts / states.length)
  const actors = Array.from({length: hosts}, (_, i) => ({name: `edge.${i}`, kind: 'host'}))
  const events: Trace['events'][number][] = []
  for (let k = 0; k < restarts; k++)
    for (let host = 0; host < hosts; host++) {
      const process = actors.push({name: `edge.${host}#${k}`, kind: 'process', of: host} as (typeof actors)[number]) - 1
      states.forEach((state, i) => {
        const at = Math.floor(((k * states.length + i) / (restarts * states.length)) * end)
        events.push({at, kind: 'process', process, state})
      })
    }
  events.sort((a, b) => a.at - b.at)
  return {
    $schema: 'restart-trace/1',
    exporter: 'bench',
    scenario: 'a large trace',
    seed: 1,
    strategies: {edge: 'hard-restart'},
    unit: 'us',
    end,
    actors,
    workloads: [{name: 'chat', kind: 'websocket'}],
    outcomes: [...outcomes],
    causes: [...causes],
    events,
    disruptions: disruptionsOf(Math.floor(rows / 2), random),
    connections: livesOf(Math.floor(rows / 4), random),
    series: {width: seconds(12), columns: {'chat.started': Array.from({length: 600}, () => random.integer(1000))}},
    totals: {},
  }
}

function disruptionsOf(total: number, random: Random): Trace['disruptions'] {
  const column = (value: () => number) => Array.from({length: total}, value)
  return {
    total,
    cap: total,
    at: column(() => random.integer(end)).sort((a, b) => a - b),
    workload: column(() => 0),
    client: column(() => random.integer(1e6)),
    process: column(() => hosts + random.integer(hosts)),
    outcome: column(() => 1 + random.integer(outcomes.length - 1)),
    cause: column(() => 1 + random.integer(causes.length - 1)),
    took: column(() => random.integer(end)),
  }
}

function livesOf(total: number, random: Random): Trace['connections'] {
  const column = (value: (i: number) => number) => Array.from({length: total}, (_, i) => value(i))
  const from = column(() => random.integer(end)).sort((a, b) => a - b)
  return {
    oneIn: [1],
    cap: total,
    total,
    workload: column(() => 0),
    client: column(() => random.integer(1e6)),
    process: column(() => hosts + random.integer(hosts)),
    from,
    to: column(i => Math.min(end, from[i]! + random.integer(seconds(1200)))),
    outcome: column(() => random.integer(outcomes.length) - 1),
  }
}
