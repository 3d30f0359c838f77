import type {Time} from '../../engine/time.ts'
import type {Host} from '../host/host.ts'
import type {ProbeOptions} from '../options.ts'
import type {World} from '../world.ts'
import {Prober, Probing} from './prober.ts'

/** What one who sends work to the hosts of a pool believes of each: an L4 host of its reals, a proxy of its servers. */
export class Belief {
  /** Those that are believed to be well, in the order of their numbers. */
  members: readonly Host[]
  private readonly world: World
  private readonly options: ProbeOptions
  private readonly probers = new Map<Host, Prober>()
  private readonly changed: (host: Host, into: boolean) => void

  constructor(
    world: World,
    options: ProbeOptions,
    hosts: readonly Host[],
    changed: (host: Host, into: boolean) => void = () => {},
  ) {
    this.world = world
    this.options = options
    this.members = hosts
    this.changed = changed
    const phases = world.sim.random('probe-phase')
    for (const [k, host] of hosts.entries())
      this.watch(
        host,
        Probing.phase(options, k, hosts.length, () => phases.uniform()),
        true,
      )
  }

  /** A host comes into the pool. Unless it is known to be well, it has to answer like any other that was out of rotation. */
  join(host: Host, well = false): void {
    const phases = this.world.sim.random(`probe-phase/${host.name}`)
    const place = this.probers.size
    this.watch(
      host,
      Probing.phase(this.options, place, place + 1, () => phases.uniform()),
      well,
    )
    if (well) this.turn(host, true)
  }

  /** A host is taken out of the pool, well or not. */
  leave(host: Host): void {
    const prober = this.probers.get(host)!
    prober.stop()
    this.probers.delete(host)
    if (prober.up) this.turn(host, false)
    host.rotated()
  }

  private watch(host: Host, phase: Time, up: boolean): void {
    const prober = new Prober(this.world, host, this.options, phase, into => this.turn(host, into))
    prober.up = up
    this.probers.set(host, prober)
  }

  private turn(host: Host, into: boolean): void {
    this.members = [...this.probers].filter(([, {up}]) => up).map(([member]) => member)
    this.changed(host, into)
  }
}
