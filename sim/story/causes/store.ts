import {sentenceOf} from '../sentences.ts'
import {type Case, type Finding, known, placesOf, tier} from './case.ts'

/** When the node that was asked ceased to be the primary, and who is it instead. */
export function handedOver(it: Case): Finding {
  const {annals, recording, at} = it
  const places = placesOf(it, known(it))
  const own = places.flatMap(place => annals.last(place, 'role', at, ({state}) => state === 'replica') ?? [])
  const name = tier(it, it.process)
  const heirs = annals
    .hosts(other => other === name)
    .flatMap(host => annals.last(host, 'role', at, ({state}) => state !== 'away') ?? [])
  const heir = heirs.filter(({state}) => state === 'primary').sort((a, b) => b.at - a.at)[0]
  const steps = [...own, ...(heir === undefined ? [] : [heir])]
  return {steps: steps.map(event => ({at: event.at, text: sentenceOf(event, recording)})), places}
}

/** Since when a replica of the same store is away, as far as somebody tells. */
export function replicasAway(it: Case): Finding {
  const {annals, recording, at} = it
  const name = tier(it, it.process)
  const away = annals
    .hosts(other => other === name)
    .flatMap(host => annals.last(host, 'role', at) ?? [])
    .filter(({state}) => state === 'away')
  return {
    steps: away.map(event => ({at: event.at, text: sentenceOf(event, recording)})),
    places: placesOf(it, known(it)),
  }
}
