import type {Time} from '../../../sim/engine/time.ts'
import {kinds} from '../../../sim/trace/ledger.ts'
import type {ReadyRun} from '../../desk/run.ts'
import {type Brush, headline, onlyInWindow, write} from '../../draw/lanes.ts'
import {gutter} from '../../draw/timeline.ts'
import {many} from '../../draw/words.ts'

/** When a tier was released, and when each batch of it began. */
export interface Release {
  readonly from: Time
  readonly to: Time
  readonly batches: readonly Time[]
}

/** The release of a tier in a run; undefined of a tier that was not released. */
export function releaseOf({ledger, recording}: ReadyRun, tier: string): Release | undefined {
  const wanted = [kinds.indexOf('release'), kinds.indexOf('batch')]
  let [from, to] = [recording.end, recording.end]
  const batches: Time[] = []
  for (let i = 0; i < ledger.length; i++) {
    if (!wanted.includes(ledger.columns.kind[i]!)) continue
    const event = ledger.event(i)
    if (!('tier' in event) || event.tier !== tier) continue
    if (event.kind === 'batch') batches.push(event.at)
    else if (event.kind === 'release' && event.state === 'finished') to = event.at
    else from = Math.min(from, event.at)
  }
  return from === recording.end && batches.length === 0 ? undefined : {from, to, batches}
}

/** Pixels of a heading: with a line for the release, if there is one. */
export const headOf = (release: Release | undefined): number => headline + (release === undefined ? 0 : 18)

/** Of so many hosts of a run, a word on their release: 20 hosts, 5 batches · graceful-drain. */
export function groupText(hosts: number, release: Release | undefined, how: string | undefined): string {
  if (release === undefined) return `${many(hosts, 'host')} · not released`
  const {length} = release.batches
  return `${[many(hosts, 'host'), ...(length > 0 ? [many(length, 'batch', 'batches')] : [])].join(', ')} · ${how}`
}

/** Between two numbers of batches, in pixels. */
const apart = 18

/** From when to when a tier was released, with the number of each batch where there is room. */
export function paintRelease(brush: Brush, {from, to, batches}: Release, top: number): void {
  const {context, palette, scale} = brush
  write(brush, 'release', {x: gutter - 8, y: top + 8}, {size: 11, align: 'right', colour: palette.faint})
  onlyInWindow(brush, () => {
    context.fillStyle = palette.faint
    context.fillRect(scale.x(from), top + 14, Math.max(2, scale.x(to) - scale.x(from)), 2)
    let last = -apart
    batches.forEach((at, i) => {
      const x = scale.x(at)
      context.fillRect(x - 0.5, top + 10, 1, 6)
      if (x - last < apart) return
      last = x
      write(brush, String(i + 1), {x: x + 3, y: top + 7}, {size: 10, colour: palette.faint})
    })
  })
}
