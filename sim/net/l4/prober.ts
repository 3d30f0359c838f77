import type {Kind, Timer} from '../../engine/simulator.ts'
import {noTimer} from '../../engine/simulator.ts'
import type {Time} from '../../engine/time.ts'
import type {Host} from '../host/host.ts'
import type {ProbeOptions} from '../options.ts'
import type {World} from '../world.ts'

/**
 * One observer of one host: asks every interval, and believes a change after `fall` failures or `rise` successes.
 *
 *     host answers as believed ──► sleeps: probes that change nothing cost no events
 *     host changes ──► asks at the next instant of its phase, and on until belief and host agree
 *
 * A refused connection fails at once; a host that is dead or hangs lets the time-out pass. So the belief in a dead host ends after
 * Uniform((fall - 1) × interval, fall × interval) + timeout.
 */
export class Prober {
  up = true
  private count = 0
  private timer: Timer = noTimer
  private readonly world: World
  private readonly host: Host
  private readonly options: ProbeOptions
  private readonly phase: Time
  private readonly believes: (up: boolean) => void
  private readonly id: number

  constructor(world: World, host: Host, options: ProbeOptions, phase: Time, believes: (up: boolean) => void) {
    this.world = world
    this.host = host
    this.options = options
    this.phase = phase
    this.believes = believes
    this.id = world.probing.add(this)
    host.probers.push(this)
  }

  wake(): void {
    if (this.timer !== noTimer || this.answer === this.up) return
    const {interval} = this.options
    const {now} = this.world.sim
    const next = this.phase + Math.ceil((now - this.phase) / interval) * interval
    this.timer = this.world.sim.at(next, this.world.probing.ask, this.id)
  }

  ask(): void {
    const {sim, probing} = this.world
    const {answer} = this
    this.count = answer === this.up ? 0 : this.count + 1
    const convinced = this.count >= (this.up ? this.options.fall : this.options.rise)
    if (convinced && !answer && (this.host.silent || this.isLate))
      this.timer = sim.in(this.options.timeout, probing.conclude, this.id)
    else if (convinced) this.conclude()
    else this.rest()
  }

  /** Whether it would get one in time now. */
  private get answer(): boolean {
    return this.host.answersProbes && !this.isLate
  }

  private get isLate(): boolean {
    return this.host.cpu.occupiedUntil - this.world.sim.now > this.options.timeout
  }

  conclude(): void {
    this.up = !this.up
    this.count = 0
    this.believes(this.up)
    this.host.rotated()
    this.rest()
  }

  /** Nobody asks any more. */
  stop(): void {
    this.world.sim.cancel(this.timer)
    this.timer = noTimer
    this.host.probers.splice(this.host.probers.indexOf(this), 1)
  }

  private rest(): void {
    this.timer = noTimer
    if (this.count > 0) this.timer = this.world.sim.in(this.options.interval, this.world.probing.ask, this.id)
    else this.wake()
  }
}

/** All probers of a world, by number. */
export class Probing {
  readonly ask: Kind
  readonly conclude: Kind
  private readonly probers: Prober[] = []

  constructor(world: World) {
    this.ask = world.sim.kind('probe', id => this.probers[id]!.ask())
    this.conclude = world.sim.kind('probe-timeout', id => this.probers[id]!.conclude())
  }

  add(prober: Prober): number {
    return this.probers.push(prober) - 1
  }

  /** Where in the interval the probers of `real`, the `index`-th of `count`, ask. */
  static phase(options: ProbeOptions, index: number, count: number, uniform: () => number): Time {
    const share = options.phase === 'spread' ? index / count : uniform()
    return Math.floor(share * options.interval)
  }
}
