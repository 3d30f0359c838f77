import type {Desk} from '../../desk/desk.ts'
import {isReady, type ReadyRun} from '../../desk/run.ts'
import {drawn} from '../../draw/frame.ts'
import {onNightfall} from '../../draw/palette.ts'
import {Signal, type Watched} from '../../draw/signal.ts'

/**
 * Draws as `drawn` does, but not while the place is hidden; and also when it comes into sight, when its width is another
 * one, and when night falls.
 */
export function drawnInSight(place: HTMLElement, changing: readonly Watched[], draw: () => void): void {
  let width = 0
  const drawIfSeen = () => {
    if (place.clientWidth > 0) draw()
  }
  drawn(place, changing, drawIfSeen)
  onNightfall(drawIfSeen)
  new ResizeObserver(() => {
    if (place.clientWidth !== width) drawIfSeen()
    width = place.clientWidth
  }).observe(place)
}

/** The runs that are there, in their places: changes when one comes or goes, and not while others get on. */
export function arrivals({runs}: Desk): Watched {
  const there = () => runs.value.map(run => (isReady(run) ? run : undefined))
  const ready = new Signal<readonly (ReadyRun | undefined)[]>(there())
  runs.watch(() => {
    const now = there()
    if (now.length !== ready.value.length || now.some((run, i) => run !== ready.value[i])) ready.set(now)
  })
  return ready
}
