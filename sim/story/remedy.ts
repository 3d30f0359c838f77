import type {Time} from '../engine/time.ts'
import {causesInWords} from '../words/causes.ts'
import {clockText} from '../words/clock.ts'
import {inWords} from '../words/figures.ts'
import type {Told} from './account.ts'
import {annalsOf} from './annals.ts'

/** What would have spared a disruption, in sentences; `stays` is when its user would have gone, as far as that is known. */
export function remedyOf(told: Told, row: number, stays = Number.NaN): readonly string[] {
  const {causes, disruptions} = told.recording
  const cause = causes[disruptions.cause[row]!]
  if (cause === undefined || cause === 'done') return []
  const advice = `What helps: ${causesInWords[cause]?.advice ?? 'nothing that is known'}.`
  const drained = cause === 'killed-at-drain-end' ? longerDrain(told, row, stays) : undefined
  return drained === undefined ? [advice] : [drained, advice]
}

function longerDrain(told: Told, row: number, stays: Time): string | undefined {
  const {at, process} = told.recording.disruptions
  const began = annalsOf(told).since(process[row]!, 'draining', at[row]!)
  if (began === undefined || Number.isNaN(stays)) return undefined
  if (stays === Infinity) return 'No drain would have spared it, for its user never goes.'
  return `A drain of ${inWords((stays - began) / 1e6)} would have spared it: its user goes at ${clockText(stays)}.`
}
