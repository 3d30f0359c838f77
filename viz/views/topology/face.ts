import type {Time} from '../../../sim/engine/time.ts'
import type {ActorId} from '../../../sim/net/events.ts'
import {tierOf} from '../../../sim/trace/hosts.ts'
import {lookAt} from '../../recording/histories.ts'
import type {Recording} from '../../recording/recording.ts'
import {bucketAt, fullestOf, type Gauges, gaugesOf, momentAt} from './gauges.ts'
import {absent, type Rollout, rolloutOf} from './rollout.ts'

/** Levels are told apart to a hundredth. */
const fine = 100
const none = 127

/**
 * Everything that a tile shows as two numbers, which are compared before anything is drawn: the look of the host, packed as
 * in its history (of an L4 host: what it forwards), and the level of its connections, its CPU, and its version.
 */
export class Faces {
  readonly #recording: Recording
  readonly #rollout: Rollout
  readonly #gauges: readonly Gauges[]
  /** Actor → its tier. */
  readonly #tiers: readonly string[]
  readonly #fullest: (tier: string) => number

  /** `fullest`: connections of a host that is drawn as full, by tier. */
  constructor(recording: Recording, fullest = (tier: string) => fullestOf(recording).get(tier) ?? 0) {
    this.#recording = recording
    this.#rollout = rolloutOf(recording)
    this.#gauges = gaugesOf(recording)
    this.#tiers = recording.actors.map(({name}) => tierOf(name))
    this.#fullest = fullest
  }

  /** Another number when any face may be another. */
  moment(time: Time): number {
    return momentAt(this.#recording, time)
  }

  look(actor: ActorId, time: Time): number {
    const {histories} = this.#recording
    if (histories.hostOf[actor]! >= 0) return lookAt(histories, actor, time)
    return this.#rollout.forwarding.value(actor, time)
  }

  /** As `levelOf`, `cpuOf` and `versionOf` take it apart. */
  gauges(actor: ActorId, time: Time): number {
    const {connections, busy} = this.#gauges[actor]!
    const bucket = bucketAt(this.#recording, time)
    const full = this.#fullest(this.#tiers[actor]!)
    const level = full > 0 ? (connections?.[bucket] ?? 0) / full : 1
    return gaugesFor(level, busy?.[bucket], this.#rollout.version.value(actor, time))
  }
}

/** Level and CPU are shares of 1. */
export const gaugesFor = (level: number, cpu: number | undefined, version: number): number =>
  Math.ceil(Math.min(1, level) * fine) |
  ((cpu === undefined ? none : Math.round(Math.min(1, cpu) * fine)) << 7) |
  ((version - absent) << 14)

/** Of 1, how full the host is. Where nobody keeps connections all hosts are. */
export const levelOf = (gauges: number): number => (gauges & 127) / fine
/** Of 1, how much of its cores is at work; undefined where that is not measured. */
export const cpuOf = (gauges: number): number | undefined =>
  ((gauges >> 7) & 127) === none ? undefined : Math.min(1, ((gauges >> 7) & 127) / fine)
/** 0 before a release, 1 after, or `absent`. */
export const versionOf = (gauges: number): number => (gauges >> 14) + absent

/** Whether nobody stands there: the host is still to join its tier, or has left it and done all that it had to. */
export const isEmpty = (look: number, gauges: number): boolean =>
  versionOf(gauges) === absent && (look === 0 || ((look >> 12) & 15) === 0)

/** Whether new work comes to a host: somebody has it in rotation, and it is not down. */
export const takesWork = (look: number): boolean => (look & 1) === 1 && ((look >> 1) & 3) > 0 && ((look >> 12) & 15) > 0
