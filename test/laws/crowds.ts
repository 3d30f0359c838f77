import fc from 'fast-check'
import {expect} from 'vitest'
import {exponential, fixed} from '../../sim/engine/distributions.ts'
import {millis, seconds} from '../../sim/engine/time.ts'
import {causes, type Observer, outcomes} from '../../sim/net/events.ts'
import {everyone} from '../../sim/net/observers.ts'
import type {LinkOptions, TierOptions, UpstreamOptions, WorkloadOptions} from '../../sim/net/options.ts'
import type {World} from '../../sim/net/world.ts'
import {run} from '../../sim/run.ts'
import type {Scenario} from '../../sim/scenario/scenario.ts'
import {scenarios, seeds} from '../arbitrary/scenario.ts'
import {type Law, under} from './law.ts'

/** What became of every request and connection and when connections opened, a line for each, in an order that hangs on nothing but the lines. */
export class Fates implements Observer {
  readonly control = everyone([]).control
  readonly started = everyone([]).started
  readonly closed = everyone([]).closed
  readonly reconnects = everyone([]).reconnects
  readonly packet = everyone([]).packet
  readonly message = everyone([]).message
  readonly post = everyone([]).post
  readonly published = everyone([]).published
  readonly #lines: string[] = []
  #world!: World

  attach(world: World): void {
    this.#world = world
  }

  opened(...[at, workload, row, process, took]: Parameters<Observer['opened']>): void {
    const client = this.#world.connections.address[row]
    this.#lines.push([workload, client, at, 'opened', process, took].join(' '))
  }

  ended(...[at, workload, row, process, outcome, cause, took]: Parameters<Observer['ended']>): void {
    const client = this.#world.connections.address[row]
    this.#lines.push([workload, client, at, outcomes[outcome], causes[cause], process, took].join(' '))
  }

  get lines(): readonly string[] {
    return this.#lines.toSorted()
  }
}

/**
 * The same, but calm enough for crowds: clients are patient, ways are steady, L4 hosts large, and work at the proxies takes
 * no time. What crowds leave out is not there either: connections that proxies keep to servers (docs/model.md).
 */
function plain({world, ...rest}: Scenario): Scenario {
  const tiers = Object.entries(world.tiers).map(([name, tier]) => [name, plainTier(tier)])
  const traffic = Object.entries(world.traffic).map(([name, it]) => [name, plainWorkload(it)])
  return {...rest, world: {...world, tiers: Object.fromEntries(tiers), traffic: Object.fromEntries(traffic)}}
}

const steady: LinkOptions = {latency: fixed(millis(50)), loss: 0}

const plainTier = ({upstream, behind, ...tier}: TierOptions): TierOptions => ({
  ...tier,
  cores: 8,
  cpu: {handshake: 0, request: 0},
  link: steady,
  ...(behind && {
    behind: {
      ...behind,
      floodRate: 125_000,
      connectionTable: 8_000_000,
      globalTable: 0,
      pick: behind.pick === 'random' ? 'random' : 'maglev',
    },
  }),
  ...(upstream && {upstream: upstream.map(plainUpstream)}),
})

const plainUpstream = ({link: _, http2: __, ...it}: UpstreamOptions): UpstreamOptions => ({
  ...it,
  pick: it.pick === 'consistent-hash' ? 'consistent-hash' : 'random',
  bufferUploads: false,
  persistent: false,
})

function plainWorkload({link: _, ...it}: WorkloadOptions): WorkloadOptions {
  if (!('service' in it)) return it
  const {patience: __, ...rest} = it
  return {...rest, service: exponential(millis(1)), connectTimeout: seconds(5), requestTimeout: seconds(10)}
}

/** The lines of one list that another has not. */
const only = (lines: readonly string[], others: readonly string[]): readonly string[] => {
  const known = new Set(others)
  return lines.filter(line => !known.has(line))
}

export const crowds: readonly Law[] = [
  {
    name: 'a request has the same fate, to the microsecond, whether it is simulated event by event or in a crowd',
    property: strategy =>
      fc.property(scenarios(strategy), seeds, (scenario, seed) => {
        const [apart, together] = [false, true].map(crowds => {
          const fates = new Fates()
          run(plain(scenario), {...under(strategy), seed, crowds, witnesses: [fates]})
          return fates.lines
        })
        expect(only(together!, apart!)).toEqual(only(apart!, together!))
      }),
  },
]
