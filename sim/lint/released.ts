import type {Distribution} from '../engine/distributions.ts'
import type {Duration, Time} from '../engine/time.ts'
import type {TierOptions} from '../net/options.ts'
import {type Release, valuesOf} from '../release.ts'
import type {OptionValue} from '../scenario/scenario.ts'
import {isPreset} from '../strategies/preset.ts'
import {roomFor} from '../strategies/rolling-update.ts'
import {batchSize} from '../strategies/strategy.ts'

/** Strategies under which a host takes no new work from its leaving until its new process is there. */
const leaving = ['hard-restart', 'graceful-drain', 'socket-activation', 'partial-post-replay']

/** A tier that is released, with the values that its strategy goes by. */
export class Released {
  readonly name: string
  readonly tier: TierOptions
  readonly at: Time
  /** Of a preset the one that it is an instance of. */
  readonly strategy: string
  readonly #values: Readonly<Record<string, OptionValue>>

  constructor({plan, strategy}: Release, tier: TierOptions) {
    this.name = plan.tier
    this.tier = tier
    this.at = plan.at
    this.strategy = isPreset(strategy) ? strategy.of : strategy.name
    this.#values = valuesOf(strategy.options, plan) as Readonly<Record<string, OptionValue>>
  }

  /** `release.edge.options.batch` */
  path(option: string): string {
    return `release.${this.name}.options.${option}`
  }

  /** Whether its strategy has such an option. */
  has(option: string): boolean {
    return option in this.#values
  }

  /** A duration, or a batch as the file has it; 0 where the strategy knows none. */
  number(option: string): number {
    return Number(this.#values[option] ?? 0)
  }

  word(option: string): string {
    return String(this.#values[option])
  }

  /** False where the strategy knows no such option. */
  is(option: string): boolean {
    return this.#values[option] === true
  }

  law(option: string): Distribution {
    return this.#values[option] as Distribution
  }

  /** Whether its hosts take no new work while they are restarted. */
  get leaves(): boolean {
    return leaving.includes(this.strategy)
  }

  /** False of a takeover that is to fail, after which the old process goes on. */
  get happens(): boolean {
    return !(this.has('fault') && ['no-handshake', 'version'].includes(this.word('fault'))) || this.is('fallback')
  }

  /** Hosts that are restarted at the same time. */
  get batch(): number {
    const {hosts} = this.tier
    if (this.rolls) return Math.max(1, this.#room.unavailable)
    return this.has('batch') ? batchSize(this.number('batch'), hosts) : hosts
  }

  /** Hosts that take no new work at the same time. */
  get away(): number {
    if (this.rolls) return this.#room.unavailable
    return this.leaves ? this.batch : 0
  }

  /** Of all its hosts the share that is restarted at all. */
  get share(): number {
    return this.is('canary') ? this.batch / this.tier.hosts : 1
  }

  /** For how long what a host has may end by itself, and the option that says so. */
  get drain(): {readonly lasts: Duration; readonly option: string} {
    const option = this.rolls ? 'terminationGracePeriod' : 'drainTimeout'
    return {lasts: this.number(option), option}
  }

  /** Whether new hosts take the place of old ones, as in a rolling update. */
  get rolls(): boolean {
    return this.has('surge')
  }

  /** Processes that run beside those that there are, as far as its strategy means them to. */
  get beside(): number {
    if (this.rolls) return this.#room.surge
    if (this.strategy === 'blue-green') return this.tier.hosts
    return this.leaves ? 0 : this.batch
  }

  get #room() {
    return roomFor({surge: this.number('surge'), unavailable: this.number('unavailable')}, this.tier.hosts)
  }
}
