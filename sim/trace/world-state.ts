import type {Time} from '../engine/time.ts'
import type {ActorId, ProcessState} from '../net/events.ts'

/** What a trace says of one instant: every event and disruption up to it, and that of the instant itself, has happened. */
export interface WorldState {
  readonly at: Time
  /** In the order of the trace's actors. */
  readonly hosts: readonly HostState[]
  /** By tier, of those whose release has begun. */
  readonly releases: Readonly<Record<string, ReleaseState>>
  /** Workload → cause → disruptions so far. Those beyond the trace's cap are not among them. */
  readonly disruptions: Readonly<Record<string, Readonly<Record<string, number>>>>
}

export interface HostState {
  readonly actor: ActorId
  readonly name: string
  readonly tier: string
  readonly powered: boolean
  /** The share of those who probe it that have it in rotation: 1 in, 0 out. */
  readonly rotation: number
  /** Those that live, oldest first. */
  readonly processes: readonly LivingProcess[]
}

export interface LivingProcess {
  readonly actor: ActorId
  readonly name: string
  readonly state: Exclude<ProcessState, 'gone'>
  readonly listening: boolean
  readonly answersHealthChecks: boolean
  /** It hangs: its sockets take connections, and nobody accepts them. */
  readonly stalled: boolean
}

export interface ReleaseState {
  readonly state: 'started' | 'finished'
  /** The hosts of the batch that began last, as actors. */
  readonly batch: readonly ActorId[]
  /** Its operator has called it off. */
  readonly halted?: true
  /** The proxies before the tier hold its requests; absent if they never did. */
  readonly holds?: boolean
}
