import {expect} from 'vitest'
import {seconds} from '../../sim/engine/time.ts'
import {isSession} from '../../sim/net/options.ts'
import type {Scenario} from '../../sim/scenario/scenario.ts'
import type {Trace} from '../../sim/trace/trace.ts'
import {type Law, law, type Played, play} from './law.ts'

/** Some instant of a run, as likely early as late. */
const instantOf = ({scenario: {world}, seed}: Played): number => 1 + (seed % (world.end - 1))

const columns = ['at', 'workload', 'client', 'process', 'outcome', 'cause', 'took'] as const

/** What a trace tells of the time before an instant: its events, its disruptions, and each bucket that is over by then. */
function before({events, disruptions, series}: Trace, at: number): object {
  const early = disruptions.at.filter(it => it < at).length
  const buckets = Math.floor(at / series.width)
  const curves = Object.entries(series.columns).map(([name, values]) => [name, values.slice(0, buckets)] as const)
  return {
    events: events.filter(event => event.at < at),
    disruptions: columns.map(column => disruptions[column].slice(0, early)),
    // A column with nothing in it may be missing.
    series: Object.fromEntries(curves.filter(([, values]) => values.some(value => value !== 0))),
  }
}

/** That a run and the same with another future agree before the instant at which they part. */
function parts(played: Played, at: number, forked: Scenario): Played {
  const other = play(played.strategy, forked, played.seed)
  expect(before(other.trace, at)).toEqual(before(played.trace, at))
  return other
}

const haltedAt = (scenario: Scenario, halt: number): Scenario => ({
  ...scenario,
  releases: scenario.releases.map(plan => ({...plan, halt})),
})

/** A run with one more entry that takes effect at some instant is the same run until then. */
export const forks: readonly Law[] = [
  law('a run whose releases are halted is the same until then, and afterwards nothing new begins', played => {
    const at = instantOf(played)
    const {trace} = parts(played, at, haltedAt(played.scenario, at))
    const halted = trace.events.flatMap(event => (event.kind === 'halt' ? [event.tier] : []))
    const late = trace.events.filter(
      event => event.kind === 'batch' && event.at >= at && halted.includes(event.tier) && !inPairs(played),
    )
    expect(late).toEqual([])
  }),

  law('a run in which a host dies is the same until then', played => {
    const [tier] = Object.keys(played.scenario.world.tiers)
    const at = instantOf(played)
    const {world} = played.scenario
    const faults = [...world.faults, {kind: 'host-dies', tier: tier!, host: 0, at, lasts: Infinity} as const]
    parts(played, at, {...played.scenario, world: {...world, faults}})
  }),

  law('a run whose clients reconnect otherwise from some instant on is the same until then', played => {
    const at = instantOf(played)
    const {world} = played.scenario
    const workloads = Object.keys(world.traffic).filter(name => isSession(world.traffic[name]!))
    const others = workloads.map(
      workload => ({kind: 'reconnects', at, workload, backoff: {base: seconds(7), jitter: 'equal'}}) as const,
    )
    const changes = [...(world.changes ?? []), ...others]
    parts(played, at, {...played.scenario, world: {...world, changes}})
  }),
]

/** A rolling update ends an old pod for each new one that was under way, and a migration rolls its versions out so. */
const inPairs = ({strategy: {name, needs}}: Played) => name === 'rolling-update' || needs === 'database'
