import type {Case, Finding} from './case.ts'
import {nobodyServes} from './silence.ts'

/** Proxies held what they had for a tier, on their operator's word; or, without one, nobody was there for so long. */
export function requestsHeld(it: Case): Finding {
  const {annals, at, began} = it
  const held = annals.releases.filter(({holds}) => holds.some(({from, to}) => from <= at && to >= began))
  if (held.length === 0) return nobodyServes(it)
  const steps = held.map(({tier, holds}) => ({
    at: holds.findLast(({from}) => from <= at)!.from,
    text: `proxies hold requests for ${tier}`,
  }))
  return {steps, places: held.flatMap(({tier}) => annals.hosts(name => name === tier))}
}
