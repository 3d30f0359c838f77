import type {Time} from '../../sim/engine/time.ts'
import {everyFrame} from '../draw/frame.ts'
import {Signal} from '../draw/signal.ts'

/** Simulated seconds that pass in one second of the person who looks on. */
export const slowest = 1 / 1000
export const fastest = 1000
/** A page that was hidden goes on where it was, and does not leap. */
const longestFrame = 100
/** Who wants little motion sees where things stand so many milliseconds apart, and nothing glide. */
const calmStep = 250

/** The one clock that all runs on the page are shown by. */
export class Clock {
  readonly time = new Signal<Time>(0)
  readonly playing = new Signal(false)
  readonly speed = new Signal(60)
  readonly end = new Signal<Time>(0)
  readonly #calm = matchMedia('(prefers-reduced-motion: reduce)')
  #last: number | undefined
  #stop: (() => void) | undefined

  constructor() {
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) this.pause()
    })
  }

  play(): void {
    if (this.playing.value || this.end.value === 0) return
    if (this.time.value >= this.end.value) this.time.set(0)
    this.#last = undefined
    this.#stop = everyFrame(now => this.#tick(now))
    this.playing.set(true)
  }

  pause(): void {
    this.#stop?.()
    this.playing.set(false)
  }

  toggle(): void {
    if (this.playing.value) this.pause()
    else this.play()
  }

  seek(time: Time): void {
    this.time.set(Math.min(this.end.value, Math.max(0, Math.round(time))))
  }

  /** Within what the control offers; `factor` is how many times as fast as before. */
  faster(factor: number): void {
    this.speed.set(Math.min(fastest, Math.max(slowest, this.speed.value * factor)))
  }

  #tick(now: number): void {
    this.#last ??= now
    const since = now - this.#last
    if (this.#calm.matches && since < calmStep) return
    const passed = Math.min(since, this.#calm.matches ? calmStep : longestFrame)
    this.#last = now
    this.seek(this.time.value + passed * 1000 * this.speed.value)
    if (this.time.value >= this.end.value) this.pause()
  }
}
