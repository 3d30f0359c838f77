import type {Progress} from '../simulate.ts'
import {significant} from '../words/figures.ts'

export interface ProgressLine {
  show(progress: Progress): void
  /** Takes the line away again. */
  clear(): void
}
type Screen = {readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown}

const patience = 1000
const pace = 100
const clearLine = '\r\u001b[K'

/** One line on a terminal that says how far a run is, for those that take over a second; nowhere else a byte. */
export function progressLine(label: string, screen: Screen = process.stderr, clock = wallClock): ProgressLine {
  const line = statusLine(screen, clock)
  return {
    show: progress => line.show(elapsed => [label, ...facts(progress, elapsed)].join(' · ')),
    clear: () => line.clear(),
  }
}

export interface StatusLine {
  /** `text` is asked for only when it is to be shown, and told the seconds since the beginning. */
  show(text: (elapsed: number) => string): void
  /** Takes the line away again. */
  clear(): void
}

const wallClock = () => performance.now()

/** The same for any text. */
export function statusLine(screen: Screen = process.stderr, clock = wallClock): StatusLine {
  const started = clock()
  let due = started + patience
  let shown = false
  return {
    show(text) {
      const now = clock()
      if (!screen.isTTY || now < due) return
      due = now + pace
      shown = true
      screen.write(clearLine + text((now - started) / 1000).slice(0, (screen.columns ?? 80) - 1))
    },
    clear() {
      if (shown) screen.write(clearLine)
      shown = false
    },
  }
}

function facts({now, end, events}: Progress, seconds: number): string[] {
  const left = now > 0 ? `${clockTime((seconds * (end - now)) / now)} left` : 'starting'
  return [`${clockTime(now / 1e6)} of ${clockTime(end / 1e6)} simulated`, left, `${rate(events / seconds)} events/s`]
}

const rate = (perSecond: number) =>
  perSecond >= 1e6 ? `${significant(perSecond / 1e6)} M` : `${significant(perSecond / 1e3)} k`

/** Seconds, rounded up, as m:ss or h:mm:ss. */
export function clockTime(seconds: number): string {
  const whole = Math.ceil(seconds)
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}
