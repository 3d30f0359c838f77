import {sentenceOf} from '../sentences.ts'
import {type Case, type Finding, nothing} from './case.ts'
import {nobodyAnswers} from './silence.ts'

/** The columns of a database that was altered: what was done to it last, if anything was. */
export function columnIsAbsent({annals, recording, at}: Case): Finding {
  const found = annals.hosts().flatMap(host => annals.last(host, 'alter', at, ({state}) => state === 'done') ?? [])
  const last = found.toSorted((a, b) => b.at - a.at)[0]
  if (last === undefined) return nothing
  return {steps: [{at: last.at, text: sentenceOf(last, recording)}], places: [], note: last.statement}
}

/** Processes that start beside the old ones open pools of their own. */
export function databaseIsFull({annals, recording, at}: Case): Finding {
  const started = annals.hosts().flatMap(host => {
    const {processes = []} = annals.state(host, at) ?? {}
    return processes.flatMap(
      ({actor}) => annals.last(host, 'process', at, it => it.process === actor && it.state === 'serving') ?? [],
    )
  })
  const last = started.toSorted((a, b) => b.at - a.at)[0]
  if (last === undefined) return nothing
  const text = `${started.length} processes live, each with connections of its own; the last of them is ready`
  return {steps: [{at: last.at, text}], places: [recording.actors[last.process]!.of!]}
}

/** Whoever waits while ALTER TABLE does, waits behind it. */
export function behindAlter(it: Case): Finding {
  const {annals, recording, at, began} = it
  const found = annals.hosts().flatMap(host => {
    const last = annals.last(host, 'alter', at, ({state}) => state === 'waits')
    const ends = last && annals.next(host, 'alter', last.at, ({state}) => state !== 'waits')
    return last !== undefined && (ends?.at ?? at) >= began ? [last] : []
  })
  const last = found[0]
  if (last === undefined) return nobodyAnswers(it)
  return {steps: [{at: last.at, text: sentenceOf(last, recording)}], places: [], note: `behind ${last.statement}`}
}
