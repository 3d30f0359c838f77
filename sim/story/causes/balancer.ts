import {sentenceOf} from '../sentences.ts'
import {are, type Case, entryHosts, type Finding, namesOf, nothing, tier} from './case.ts'
import {hostsOf, isOut, troubles} from './silence.ts'

export function nobodyInRotation(it: Case): Finding {
  const {annals, recording, at} = it
  const balancers = [...recording.actors.keys()].filter(actor => recording.actors[actor]!.kind === 'balancer')
  const silent = balancers.flatMap(balancer => {
    const last = annals.last(balancer, 'forwarding', at)
    return last === undefined || last.forwards ? [] : [last]
  })
  if (silent.length > 0)
    return {
      steps: silent.map(event => ({at: event.at, text: sentenceOf(event, recording)})),
      places: silent.map(({balancer}) => balancer),
    }
  const out = troubles(it, entryHosts(it), isOut, {from: it.began, to: at})
  if (out.length === 0) return nothing
  const last = Math.max(...out.map(({spell}) => spell.from))
  return {
    steps: [{at: last, text: `${namesOf(it, hostsOf(out))} ${are(out, 'is', 'are')} out of rotation`}],
    places: hostsOf(out),
  }
}

/** The last change of what leads packets to the host: the ring, or who forwards them. */
export function ringChanges(it: Case): Finding {
  const {annals, recording, at} = it
  const own = tier(it, it.process)
  const isFront = (name: string) => own === undefined || name === own
  const rotated = annals.hosts(isFront).flatMap(host => annals.last(host, 'rotate', at) ?? [])
  const balancers = [...recording.actors.keys()].filter(
    actor => recording.actors[actor]!.kind === 'balancer' && isFront(recording.actors[actor]!.name.split('/')[0]!),
  )
  const moved = balancers.flatMap(balancer => annals.last(balancer, 'forwarding', at) ?? [])
  const last = [...rotated, ...moved].sort((a, b) => b.at - a.at)[0]
  if (last === undefined) return nothing
  return {
    steps: [{at: last.at, text: sentenceOf(last, recording)}],
    places: [last.kind === 'rotate' ? last.host : last.balancer],
  }
}
