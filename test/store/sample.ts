import {fixed, uniform} from '../../sim/engine/distributions.ts'
import {millis, minutes, seconds} from '../../sim/engine/time.ts'
import type {Report} from '../../sim/metrics/report.ts'
import type {StoreReport} from '../../sim/metrics/stores.ts'
import type {CommandsWorkload, StoreOptions, TierOptions} from '../../sim/net/options.ts'
import {type Play, play, servers} from '../harness.ts'

/** 100 MB, of which a snapshot takes 1 s over the wire and 1 s from the disk; nobody watches. */
export const storing = (options: Partial<StoreOptions> = {}): StoreOptions => ({
  dataset: 100e6,
  disk: 100e6,
  bandwidth: 100e6,
  lag: fixed(0),
  command: 100,
  backlog: 1e6,
  outputBuffer: 256e6,
  fork: 0,
  persist: seconds(1),
  minReplicas: {count: 0, maxLag: seconds(10)},
  sentinel: {downAfter: Infinity, vote: uniform(0, seconds(1)), convert: seconds(8)},
  ...options,
})

/** A primary, and replicas on the other hosts; a process starts at once, unless it takes a time. */
export const redis = (hosts: number, store: Partial<StoreOptions> = {}, time = fixed(0)): TierOptions => ({
  ...servers(hosts, {boot: {time, cores: 0, warmup: 0, slowdown: 1}}),
  kind: 'store',
  store: storing(store),
})

/** Twenty hosts that write, and ask again until they have an answer. */
export const commands = (writes: number, options: Partial<CommandsWorkload> = {}): CommandsWorkload => ({
  kind: 'commands',
  to: 'redis',
  hosts: 20,
  writes: {kind: 'constant', perSecond: writes},
  reads: {kind: 'constant', perSecond: 0},
  keys: 10_000,
  link: {latency: fixed(millis(1)), loss: 0},
  connectTimeout: seconds(1),
  requestTimeout: minutes(10),
  ttl: 0,
  blocking: 0,
  idempotent: false,
  retry: {attempts: 1_000, budget: Infinity, base: millis(100), factor: 1, cap: millis(100), jitter: 'none'},
  ...options,
})

export const played = (it: Partial<Play> & Pick<Play, 'tiers'>, seed = 1): Report =>
  play({end: minutes(2), traffic: {app: commands(500)}, ...it}, seed)

export const dataOf = (it: Partial<Play> & Pick<Play, 'tiers'>, seed = 1): StoreReport =>
  played(it, seed).stores!.redis!
