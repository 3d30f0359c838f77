import type {ActorId, ControlEvent, ProcessState} from '../net/events.ts'
import type {Trace} from './trace.ts'
import type {HostState, LivingProcess} from './world-state.ts'

/**
 * The hosts that a trace tells of, on their way from one event to the next. A state that was handed out never changes:
 * an event puts another in its place, so whoever keeps what `get` gave has a snapshot.
 */
export class Hosts {
  private readonly actors: Trace['actors']
  private readonly states: Map<ActorId, HostState>

  /** Every host among `actors` but the `late` ones has power and is in rotation, and no process lives. */
  constructor(actors: Trace['actors'], late: ReadonlySet<ActorId>, states = hostsAtStart(actors, late)) {
    this.actors = actors
    this.states = states
  }

  /** A host that is there: not one that is still to join. */
  get(actor: ActorId): HostState {
    return this.states.get(actor)!
  }

  /** In the order of the actors; those that came late, as they came. */
  all(): readonly HostState[] {
    return [...this.states.values()]
  }

  /** These hosts, to go another way from here. */
  copy(): Hosts {
    return new Hosts(this.actors, nobody, new Map(this.states))
  }

  /** Does what an event says, and tells which host has another state since then, if one has. */
  apply(event: ControlEvent): ActorId | undefined {
    if (event.kind === 'rotation') return this.change(event.host, {rotation: event.share})
    if (event.kind === 'pool') return event.joins ? this.put(hostOf(this.actors, event.host, 0)) : undefined
    if (event.kind === 'power') return this.change(event.host, {powered: event.on})
    if (event.kind === 'process') return this.processState(event.process, event.state)
    if (event.kind === 'listen') return this.process(event.process, {listening: event.on})
    if (event.kind === 'health') return this.process(event.process, {answersHealthChecks: event.answers})
    if (event.kind === 'stall') return this.process(event.process, {stalled: event.on})
    if (event.kind !== 'sockets') return undefined
    this.process(event.from, {listening: false})
    return this.process(event.to, {listening: true})
  }

  private put(host: HostState): ActorId {
    this.states.set(host.actor, host)
    return host.actor
  }

  private change(actor: ActorId, how: Partial<HostState>): ActorId {
    return this.put({...this.get(actor), ...how})
  }

  private processState(actor: ActorId, state: ProcessState): ActorId {
    const {of, name} = this.actors[actor]!
    const {processes} = this.get(of!)
    if (state === 'gone') return this.change(of!, {processes: processes.filter(it => it.actor !== actor)})
    if (processes.some(it => it.actor === actor)) return this.process(actor, {state})
    const fresh = {actor, name, state, listening: false, answersHealthChecks: false, stalled: false}
    return this.change(of!, {processes: [...processes, fresh]})
  }

  private process(actor: ActorId, how: Partial<LivingProcess>): ActorId {
    const host = this.actors[actor]!.of!
    const processes = this.get(host).processes.map(it => (it.actor === actor ? {...it, ...how} : it))
    return this.change(host, {processes})
  }
}

/** The hosts that join their tier while events go on, and are not there before. */
export function lateHosts(events: Iterable<ControlEvent>): ReadonlySet<ActorId> {
  const late = new Set<ActorId>()
  for (const event of events) if (event.kind === 'pool' && event.joins) late.add(event.host)
  return late
}

const nobody: ReadonlySet<ActorId> = new Set()

function hostsAtStart(actors: Trace['actors'], late: ReadonlySet<ActorId>): Map<ActorId, HostState> {
  const there = [...actors.keys()].filter(actor => actors[actor]!.kind === 'host' && !late.has(actor))
  return new Map(there.map(actor => [actor, hostOf(actors, actor, 1)]))
}

function hostOf(actors: Trace['actors'], actor: ActorId, rotation: number): HostState {
  const {name} = actors[actor]!
  return {actor, name, tier: tierOf(name), powered: true, rotation, processes: []}
}

/** `edge.3` is a host of the tier `edge`. */
export const tierOf = (host: string): string => host.slice(0, host.lastIndexOf('.'))

/** The hosts among actors by tier, in the order in which they stand there. */
export function tiersOf({actors}: Pick<Trace, 'actors'>): ReadonlyMap<string, readonly ActorId[]> {
  const tiers = new Map<string, ActorId[]>()
  actors.forEach(({name, kind}, actor) => {
    if (kind !== 'host') return
    const tier = tierOf(name)
    tiers.set(tier, [...(tiers.get(tier) ?? []), actor])
  })
  return tiers
}
