import type {Duration, Time} from '../../../sim/engine/time.ts'
import type {Desk} from '../../desk/desk.ts'
import {pan, zoomTo} from '../../desk/pointing.ts'
import type {ReadyRun} from '../../desk/run.ts'
import {following, followingBurst, preceding, precedingBurst} from '../../recording/bursts.ts'

/** What one can go to the next or the last of. */
export type Stop = 'event' | 'disruption' | 'error burst'
export type Direction = -1 | 1

/** When the next of them is, or the last one before; undefined if there is none. */
export function stopFrom(
  {ledger, recording}: Pick<ReadyRun, 'ledger' | 'recording'>,
  stop: Stop,
  direction: Direction,
  time: Time,
  quiet: Duration,
): Time | undefined {
  if (stop === 'error burst')
    return (direction > 0 ? followingBurst : precedingBurst)(recording.disruptions.at, time, quiet)
  const times = stop === 'event' ? ledger.columns.at : recording.disruptions.at
  return (direction > 0 ? following : preceding)(times, time)
}

/** A stretch of time without a disruption that ends a burst: what is as narrow as a mark in what is looked at. */
const quietShare = 0.01

/** Goes there in the run that is looked at closely, and stays where it is if there is none. */
export function step(desk: Desk, stop: Stop, direction: Direction): void {
  const {focused, clock, window} = desk
  if (focused === undefined) return
  const {from, to} = window.value
  const time = stopFrom(focused, stop, direction, clock.time.value, (to - from) * quietShare)
  if (time === undefined) return
  clock.pause()
  clock.seek(time)
}

/** Moves the clock by a share of what is looked at. */
export function move(desk: Desk, share: number): void {
  const {from, to} = desk.window.value
  const by = Math.max(1, Math.abs((to - from) * share))
  desk.clock.seek(desk.clock.time.value + Math.sign(share) * by)
}

/** Moves the window, if time has left it: by its width while playing, else so that time is in the middle. */
export function follow(desk: Desk): void {
  const time = desk.clock.time.value
  const {from, to} = desk.window.value
  if (time >= from && time <= to) return
  const isNext = time > to && time - to < to - from
  const share = isNext ? 0.9 : (time - (from + to) / 2) / Math.max(1, to - from)
  pan(desk, share)
}

/** How narrow a window is around what is picked, as a share of the run. */
const closeUp = 0.02

/** Zooms to what is picked in the run that is looked at, or else to around the clock's time. */
export function zoomToPicked(desk: Desk): void {
  const {picked, focused, clock} = desk
  const room = clock.end.value * closeUp
  const around = (from: Time, to: Time) => zoomTo(desk, {from: from - room / 2, to: to + room / 2})
  const it = picked.value
  if (it?.kind === 'life' && focused !== undefined) {
    const {from, to} = focused.recording.lives
    around(from[it.row]!, to[it.row]!)
  } else if (it?.kind === 'disruption' && focused !== undefined) {
    const at = focused.recording.disruptions.at[it.row]!
    clock.seek(at)
    around(at, at)
  } else if (it?.kind === 'host' && focused !== undefined) {
    const span = changesOf(focused, it.host)
    around(span.from, span.to)
  } else around(clock.time.value, clock.time.value)
}

/** From the first change of a host after the beginning to its last. */
function changesOf({recording: {histories, end}}: ReadyRun, host: number) {
  const {first, at, hostOf} = histories
  const k = hostOf[host]!
  const changes = at.subarray(first[k]! + 1, first[k + 1]!)
  return changes.length === 0 ? {from: 0, to: end} : {from: changes[0]!, to: changes.at(-1)!}
}
