import type {Host} from './host.ts'

/** The host with the fewest connections as a balancer counts them; of equals the one at `turn` or after it. */
export function leastLoaded(hosts: readonly Host[], turn: number): Host | undefined {
  let best: Host | undefined
  for (let i = 0; i < hosts.length; i++) {
    const host = hosts[(i + turn) % hosts.length]!
    if (best === undefined || host.load < best.load) best = host
  }
  return best
}
