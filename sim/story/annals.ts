import type {Time} from '../engine/time.ts'
import type {ActorId, ControlEvent, ProcessState} from '../net/events.ts'
import {Hosts, tierOf} from '../trace/hosts.ts'
import type {Entry, Ledger} from '../trace/ledger.ts'
import {firstAfter} from '../trace/ledger.ts'
import type {HostState} from '../trace/world-state.ts'
import type {Account, Told} from './account.ts'

/** A stretch of time in which something held; `to` is Infinity of what did not end before the run. */
export interface Spell {
  readonly from: Time
  readonly to: Time
}

/** A batch of a release, and its place among those of that release. */
export interface Batch {
  /** Of the ledger. */
  readonly row: number
  readonly at: Time
  readonly tier: string
  readonly hosts: readonly ActorId[]
  /** Counted from 1. */
  readonly number: number
  readonly release: Release
}

export interface Release {
  readonly tier: string
  readonly from: Time
  /** Infinity if it was not through when the run ended. */
  to: Time
  readonly batches: Batch[]
  /** When the proxies before the tier held its requests. */
  readonly holds: {readonly from: Time; to: Time}[]
}

type Of<K extends ControlEvent['kind']> = Extract<Entry, {kind: K}>

/** What befell every host: the events that name it, one of its processes or the batch that it was in, found at once. */
export class Annals {
  readonly releases: readonly Release[]
  readonly #told: Told
  readonly #first: Int32Array
  readonly #rows: Int32Array
  readonly #late = new Set<ActorId>()

  constructor(told: Told) {
    const {recording, ledger} = told
    this.#told = told
    this.#first = new Int32Array(recording.actors.length + 1)
    this.#each(actor => {
      this.#first[actor + 1]!++
    })
    for (let actor = 0; actor < recording.actors.length; actor++) this.#first[actor + 1]! += this.#first[actor]!
    this.#rows = new Int32Array(this.#first.at(-1)!)
    const filled = this.#first.slice()
    this.#each((actor, row) => {
      this.#rows[filled[actor]!++] = row
    })
    this.releases = releasesOf(ledger, event => {
      if (event.joins) this.#late.add(event.host)
    })
  }

  /** Every place of the ledger with each host that it tells of, and each balancer; processes stand for their hosts. */
  #each(visit: (actor: ActorId, row: number) => void): void {
    const {ledger} = this.#told
    for (let row = 0; row < ledger.length; row++) {
      let last = -1
      ledger.named(row, actor => {
        const place = this.placeOf(actor)
        if (place !== last && place !== undefined) visit(place, row)
        last = place ?? -1
      })
    }
  }

  /** The host of a process; what is none is its own place. Undefined of what nobody knows. */
  placeOf(actor: ActorId): ActorId | undefined {
    const known = this.#told.recording.actors[actor]
    return known === undefined || known.kind === 'process' ? known?.of : actor
  }

  /** The rows of the ledger that tell of a host or a balancer, in their order. */
  rows(place: ActorId): Int32Array {
    return this.#rows.subarray(this.#first[place]!, this.#first[place + 1]!)
  }

  /** The last event of a kind that tells of a place, up to an instant. */
  last<K extends ControlEvent['kind']>(
    place: ActorId,
    kind: K,
    until: Time,
    fits: (event: Of<K>) => boolean = () => true,
  ): Of<K> | undefined {
    const {ledger} = this.#told
    const rows = this.rows(place)
    for (let k = rows.length - 1; k >= 0; k--) {
      const row = rows[k]!
      if (ledger.at(row) > until || ledger.kind(row) !== kind) continue
      const event = ledger.event(row) as Of<K>
      if (fits(event)) return event
    }
    return undefined
  }

  /** The first event of a kind that tells of a place, from an instant on. */
  next<K extends ControlEvent['kind']>(
    place: ActorId,
    kind: K,
    from: Time,
    fits: (event: Of<K>) => boolean = () => true,
  ): Of<K> | undefined {
    const {ledger} = this.#told
    for (const row of this.rows(place)) {
      if (ledger.at(row) < from || ledger.kind(row) !== kind) continue
      const event = ledger.event(row) as Of<K>
      if (fits(event)) return event
    }
    return undefined
  }

  /** When a process came to be in a state; undefined if it never did up to then. */
  since(process: ActorId, state: ProcessState, until: Time): Time | undefined {
    const host = this.placeOf(process)
    if (host === undefined) return undefined
    return this.last(host, 'process', until, event => event.process === process && event.state === state)?.at
  }

  /** The last stretch of time in which something held of a host, of those that reach into `from` to `to`. */
  spell(host: ActorId, holds: (state: HostState) => boolean, {from, to}: Spell): Spell | undefined {
    let since: Time | undefined
    let found: Spell | undefined
    for (const {at, state} of this.#states(host)) {
      if (at > to && since === undefined) break
      const is = holds(state)
      if (!is && since !== undefined && at >= from && at > since) found = {from: since, to: at}
      if (!is) since = undefined
      else since ??= at
    }
    return since === undefined || since > to ? found : {from: since, to: Number.POSITIVE_INFINITY}
  }

  /** How a host was at an instant; undefined before it joined its tier. */
  state(host: ActorId, time: Time): HostState | undefined {
    let last: HostState | undefined
    for (const {at, state} of this.#states(host)) {
      if (at > time) return last
      last = state
    }
    return last
  }

  *#states(host: ActorId): Generator<{readonly at: Time; readonly state: HostState}> {
    const {recording, ledger} = this.#told
    const {name} = recording.actors[host]!
    const isLate = this.#late.has(host)
    const start = {actor: host, name, tier: tierOf(name), powered: true, rotation: isLate ? 0 : 1, processes: []}
    const hosts = new Hosts(recording.actors, new Set(), new Map([[host, start]]))
    if (!isLate) yield {at: 0, state: start}
    for (const row of this.rows(host)) {
      hosts.apply(ledger.event(row))
      yield {at: ledger.at(row), state: hosts.get(host)}
    }
  }

  /** All hosts that there ever are, or those of some tiers. */
  hosts(isWanted: (tier: string) => boolean = () => true): readonly ActorId[] {
    const {actors} = this.#told.recording
    return [...actors.keys()].filter(actor => actors[actor]!.kind === 'host' && isWanted(tierOf(actors[actor]!.name)))
  }

  /** The batch in which a host was last restarted up to an instant. */
  batchOf(host: ActorId, until: Time): Batch | undefined {
    const batches = this.releases.flatMap(release => release.batches)
    return batches.findLast(({at, hosts}) => at <= until && hosts.includes(host))
  }

  /** Processes that were gone exactly then, as a kill does it. */
  goneAt(time: Time): readonly ActorId[] {
    const {ledger} = this.#told
    const gone: ActorId[] = []
    for (let row = firstAfter(ledger.columns.at, time) - 1; row >= 0 && ledger.at(row) === time; row--) {
      const event = ledger.event(row)
      if (event.kind === 'process' && event.state === 'gone') gone.unshift(event.process)
    }
    return gone
  }
}

function releasesOf(ledger: Ledger, pooled: (event: Of<'pool'>) => void): Release[] {
  const releases: Release[] = []
  for (let row = 0; row < ledger.length; row++) {
    const kind = ledger.kind(row)
    if (kind !== 'release' && kind !== 'batch' && kind !== 'pool' && kind !== 'hold') continue
    const event = ledger.event(row)
    if (event.kind === 'pool') pooled(event)
    else if (event.kind === 'release') note(releases, event)
    else if (event.kind === 'batch') addBatch(releases, event, row)
    else if (event.kind === 'hold') addHold(releases, event)
  }
  return releases
}

function note(releases: Release[], {at, tier, state}: Of<'release'>): void {
  const last = releases.findLast(release => release.tier === tier)
  if (state === 'started') releases.push({tier, from: at, to: Number.POSITIVE_INFINITY, batches: [], holds: []})
  else if (last !== undefined) last.to = at
}

function addBatch(releases: Release[], {at, tier, hosts}: Of<'batch'>, row: number): void {
  const known = releases.findLast(release => release.tier === tier)
  const release = known ?? {tier, from: at, to: Number.POSITIVE_INFINITY, batches: [], holds: []}
  if (known === undefined) releases.push(release)
  release.batches.push({row, at, tier, hosts, number: release.batches.length + 1, release})
}

function addHold(releases: Release[], {at, tier, on}: Of<'hold'>): void {
  const holds = releases.findLast(release => release.tier === tier)?.holds
  const last = holds?.at(-1)
  if (on) holds?.push({from: at, to: Number.POSITIVE_INFINITY})
  else if (last !== undefined) last.to = at
}

const known = new WeakMap<Account, Annals>()

/** The annals of a recording, made when somebody first asks. */
export function annalsOf(told: Told): Annals {
  const annals = known.get(told.recording) ?? new Annals(told)
  known.set(told.recording, annals)
  return annals
}
