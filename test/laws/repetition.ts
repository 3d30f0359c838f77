import fc from 'fast-check'
import {expect} from 'vitest'
import {run} from '../../sim/run.ts'
import type {Scenario} from '../../sim/scenario/scenario.ts'
import {hardRestart} from '../../sim/strategies/hard-restart.ts'
import type {Trace} from '../../sim/trace/trace.ts'
import {exponentialRequests, scenarios, seeds} from '../arbitrary/scenario.ts'
import {type Law, law, type Played, play, under} from './law.ts'

/** Chance hangs on the seed alone, and each thing on what came before it alone. */
export const repetition: readonly Law[] = [
  law('the same scenario and seed give the same report and trace, byte for byte', ({scenario, seed, strategy}) => {
    const once = run(scenario, {...under(strategy), seed, trace: true})
    const again = run(scenario, {...under(strategy), seed, trace: true})
    expect(JSON.stringify(again)).toBe(JSON.stringify(once))
  }),

  law('to be watched changes nothing', ({scenario, seed, strategy, trace, report}) => {
    const alone = run(scenario, {...under(strategy), seed}).report
    expect({...alone, engine: null}).toEqual({...report, engine: null})
    expect(trace.totals).toEqual(alone.traffic)
  }),

  law('clients come at the same times with the same wishes, whatever the strategy', ({scenario, seed, strategy}) => {
    const one = play(strategy, scenario, seed)
    const other = play(hardRestart, scenario, seed)
    expect(arrivals(one)).toEqual(arrivals(other))
    for (const [i, work] of one.auditor.work.entries()) expectAgreement(work, other.auditor.work[i]!)
    expectAgreement(one.auditor.departures, other.auditor.departures)
    expect(sampled(one.trace)).toEqual(sampled(other.trace))
  }),

  law('what comes later changes nothing that came before', ({scenario, seed, strategy, trace}) => {
    const half = Math.floor(scenario.world.end / 2)
    const short = run({...scenario, world: {...scenario.world, end: half}}, {...under(strategy), seed, trace: true})
      .trace!
    expect(short.events).toEqual(trace.events.filter(({at}) => at <= half))
    const early = trace.disruptions.at.filter(at => at <= half).length
    for (const column of ['at', 'workload', 'client', 'process', 'outcome', 'cause', 'took'] as const)
      expect(short.disruptions[column]).toEqual(trace.disruptions[column].slice(0, early))
  }),

  law('how finely a run is reported changes nothing in it', ({scenario, seed, strategy, report}) => {
    const {world} = scenario
    const finer = {...scenario, world: {...world, resolution: Math.ceil(world.resolution / 3)}}
    expect(run(finer, {...under(strategy), seed}).report.traffic).toEqual(report.traffic)
  }),

  {
    name: 'the clients of one workload know nothing of another',
    property: strategy =>
      fc.property(scenarios(strategy), seeds, (scenario, seed) => {
        const alone = play(strategy, scenario, seed)
        const beside = play(strategy, withAnother(scenario), seed)
        expect(arrivals(beside).slice(0, arrivals(alone).length)).toEqual(arrivals(alone))
        expectAgreement(alone.auditor.departures, beside.auditor.departures)
      }),
  },
]

/** Requests of each workload, and the first connection of each user, in the order in which they begin. */
function arrivals({scenario, auditor}: Played): [string, (number | string)[]][] {
  return Object.entries(scenario.world.traffic).map(([name, {kind}], index) => {
    const mine = auditor.wishes.filter(({workload}) => workload === index)
    if (kind === 'keep-alive') return [name, mine.map(({at}) => at)]
    const clients = new Map(mine.toReversed().map(({client, at}) => [client, `${client} at ${at}`]))
    return [name, [...clients.values()].toSorted()]
  })
}

/** What both know, they know alike. */
function expectAgreement(one: ReadonlyMap<number, number>, other: ReadonlyMap<number, number>): void {
  const common = [...one.keys()].filter(key => other.has(key))
  expect(common.map(key => [key, one.get(key)])).toEqual(common.map(key => [key, other.get(key)]))
}

/** The sampled clients of a trace who come once, and when they come. */
function sampled({workloads, connections}: Trace): string[] {
  const once = connections.workload.map(index => ['http', 'upload'].includes(workloads[index]!.kind))
  return connections.client.flatMap((client, i) =>
    once[i] ? [`${connections.workload[i]} ${client} ${connections.from[i]}`] : [],
  )
}

function withAnother(scenario: Scenario): Scenario {
  const [tier] = Object.keys(scenario.world.tiers)
  const traffic = {...scenario.world.traffic, another: exponentialRequests(tier!)}
  return {...scenario, world: {...scenario.world, traffic}}
}
