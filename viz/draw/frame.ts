import type {Watched} from './signal.ts'

/** What is to be drawn in the next frame, each once however often it was asked for. */
const due = new Set<() => void>()
const clocks = new Set<(now: number) => void>()
let asked = false

/** Draws in the next frame of the screen. */
export function soon(draw: () => void): void {
  due.add(draw)
  ask()
}

/** Calls `tick` at the beginning of every frame, with the milliseconds of the page, until what this gives is called. */
export function everyFrame(tick: (now: number) => void): () => void {
  clocks.add(tick)
  ask()
  return () => void clocks.delete(tick)
}

/** Draws in the next frame, and in the one after any of these has changed, for as long as `place` is on the page. */
export function drawn(place: Element, changing: readonly Watched[], draw: () => void): void {
  let wasThere = false
  const ends = changing.map(it => it.watch(() => soon(drawIfThere)))
  const drawIfThere = () => {
    if (place.isConnected) draw()
    else if (wasThere) for (const end of ends) end()
    wasThere = place.isConnected
  }
  soon(drawIfThere)
}

function ask(): void {
  if (asked) return
  asked = true
  requestAnimationFrame(frame)
}

/** Clocks first, so that what they move is drawn in the same frame. */
function frame(now: number): void {
  asked = false
  for (const tick of clocks) tick(now)
  const draws = [...due]
  due.clear()
  for (const draw of draws) draw()
  if (clocks.size > 0 || due.size > 0) ask()
}
