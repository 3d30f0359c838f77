import type {Time} from '../../../sim/engine/time.ts'
import type {ActorId} from '../../../sim/net/events.ts'
import {type Entry, Ledger} from '../../../sim/trace/ledger.ts'
import type {Recording} from '../../recording/recording.ts'
import {cached} from '../cached.ts'
import {Steps} from './steps.ts'

/** Not in its tier: it is still to join, or has left. */
export const absent = -1

/** How far the release of each tier is, and which L4 hosts do their work, at any time. */
export interface Rollout {
  /** Host → version of its newest process that is done booting: 0 before the release came to it, 1 after; or `absent`. */
  readonly version: Steps
  /** Process → its version. */
  readonly versionOf: ReadonlyMap<ActorId, number>
  /** Tier → when its release was called off. */
  readonly halted: ReadonlyMap<string, Time>
  /** L4 host → 1 if routers send it flows, and 2 if it passes them on, added. */
  readonly forwarding: Steps
}

/** Found out once for each recording. */
export const rolloutOf = cached<Recording, Rollout>(recording => {
  const builder = new Builder(recording)
  const ledger = new Ledger(recording.ledger)
  for (let i = 0; i < ledger.length; i++) if (telling.has(ledger.kind(i))) builder.take(ledger.event(i))
  return builder
})

const telling: ReadonlySet<string> = new Set(['release', 'halt', 'batch', 'pool', 'process', 'forwarding'])

/**
 * A trace does not say which version a process has. It says whom a batch names: what such a host boots from then on is new,
 * and so is what boots on a host that joins a tier while it is released.
 */
class Builder implements Rollout {
  readonly version = new Steps(0)
  readonly versionOf = new Map<ActorId, number>()
  readonly halted = new Map<string, Time>()
  readonly forwarding = new Steps(3)
  readonly #actors: Recording['actors']
  readonly #boots = new Map<ActorId, number>()
  readonly #released = new Set<string>()
  /** Host → processes that are done booting, oldest first. */
  readonly #ready = new Map<ActorId, ActorId[]>()

  constructor({actors, histories}: Recording) {
    this.#actors = actors
    actors.forEach(({kind}, actor) => {
      const isLate = kind === 'host' && histories.look[histories.first[histories.hostOf[actor]!]!] === 0
      if (isLate) this.version.note(actor, 0, absent)
    })
  }

  take(event: Entry): void {
    if (event.kind === 'release') this.#released.add(event.tier)
    else if (event.kind === 'halt') this.halted.set(event.tier, event.at)
    else if (event.kind === 'batch') for (const host of event.hosts) this.#boots.set(host, 1)
    else if (event.kind === 'forwarding')
      this.forwarding.note(event.balancer, event.at, Number(event.announced) + 2 * Number(event.forwards))
    else if (event.kind === 'pool') this.#pool(event)
    else if (event.kind === 'process') this.#process(event)
  }

  #pool({at, tier, host, joins}: Extract<Entry, {kind: 'pool'}>): void {
    if (joins && this.#released.has(tier)) this.#boots.set(host, 1)
    this.version.note(host, at, joins ? 0 : absent)
  }

  #process({at, process, state}: Extract<Entry, {kind: 'process'}>): void {
    const host = this.#actors[process]!.of!
    if (!this.versionOf.has(process)) this.versionOf.set(process, this.#boots.get(host) ?? 0)
    const before = this.#ready.get(host) ?? []
    const isReady = state === 'serving' || state === 'draining'
    if (isReady === before.includes(process)) return
    const ready = isReady ? [...before, process].sort((a, b) => a - b) : before.filter(it => it !== process)
    this.#ready.set(host, ready)
    const newest = ready.at(-1)
    if (newest === undefined || this.version.last(host) === absent) return
    if (this.version.last(host) !== this.versionOf.get(newest)) this.version.note(host, at, this.versionOf.get(newest)!)
  }
}

/** How many hosts of a tier there are at an instant, and how many of them have the new version. */
export function progressOf(recording: Recording, hosts: readonly ActorId[], time: Time): {fresh: number; all: number} {
  const {version} = rolloutOf(recording)
  let [fresh, all] = [0, 0]
  for (const host of hosts) {
    const its = version.value(host, time)
    if (its !== absent) all++
    if (its > 0) fresh++
  }
  return {fresh, all}
}
