import type {Time} from '../../engine/time.ts'
import type {Process} from '../host/process.ts'
import type {Belief} from '../l4/belief.ts'
import type {UpstreamOptions} from '../options.ts'

/** Who takes a request, and whether a connection was opened for it. */
export interface Hop {
  readonly server: Process
  readonly fresh: boolean
}

/** What came of looking for a server: one, none that would take the request, or nobody before `again`. */
export type Choice = Hop | {readonly again: Time} | 'none'

/** What is known so far of the search for one request's server. */
export interface Search {
  readonly hash: number
  /** The hash of the user's id. */
  readonly user: number
  /** When the user asked. */
  readonly since: Time
  /** The version that the user's page was loaded in, if it is of one. */
  readonly version: number | undefined
  /** Whether it will do if the server is about to leave. */
  readonly wanted: 'takes' | 'stays'
  tried: number
  /** Place of the host that was asked last and did not answer; -1. */
  silent: number
}

/** Where one proxy host passes requests on to, and over which connections. */
export interface Upstream {
  /** The tier that it leads to. */
  readonly to: string
  readonly options: UpstreamOptions
  /** What it believes of the hosts there, if it chooses among them itself. */
  readonly belief?: Belief
  /** A process of the proxy begins to serve. */
  start(proxy: Process): void
  /** A process that takes one request of `proxy`. */
  choose(proxy: Process, search: Search): Choice
  /** `server` has answered a request of `proxy`. */
  done(proxy: Process, server: Process): void
}
