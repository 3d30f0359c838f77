import type {Time} from '../../../sim/engine/time.ts'
import type {ActorId} from '../../../sim/net/events.ts'
import type {Desk} from '../../desk/desk.ts'
import {isReady, type ReadyRun} from '../../desk/run.ts'
import {fillsOf} from '../../draw/fills.ts'
import {type Brush, grid, head, headline, onlyInWindow, write} from '../../draw/lanes.ts'
import {palette} from '../../draw/palette.ts'
import {gutter, margin, type Timeline} from '../../draw/timeline.ts'
import {clockText, many} from '../../draw/words.ts'
import {lookAt} from '../../recording/histories.ts'
import type {Lanes} from '../pane/lanes.ts'
import {bandsOf, changesOf, told} from './bands.ts'
import {faceOf} from './face.ts'
import {connections, factsOf} from './facts.ts'
import {groupText, paintRelease} from './heading.ts'
import {paintBands, paintBroken, paintConnections, roomy} from './paint.ts'
import type {Stack, StackedGroup} from './stack.ts'

/** More than any recording has actors. */
const manyActors = 2 ** 24
const labelHeight = 12

/** The hosts of a stack as the lanes of a pane. */
export class HostLanes implements Lanes {
  readonly #desk: Desk
  readonly #stack: Stack
  readonly #scale: Timeline
  readonly #width: number

  constructor(desk: Desk, stack: Stack, scale: Timeline, width: number) {
    this.#desk = desk
    this.#stack = stack
    this.#scale = scale
    this.#width = width
  }

  get count(): number {
    return this.#stack.count
  }
  get height(): number {
    return this.#stack.height
  }
  get thick(): number {
    return this.#stack.lane
  }
  top(lane: number): number {
    return this.#stack.top(lane)
  }
  at(y: number): number {
    return this.#stack.at(y)
  }

  id(lane: number): number {
    return this.#stack.groupOf(lane).run * manyActors + this.#host(lane)
  }

  name(lane: number): string {
    const run = this.#run(lane)
    const bands = bandsOf(run.recording.histories, this.#host(lane), {from: 0, to: run.recording.end})
    const {window} = this.#desk
    const broken = factsOf(run).broken.count(this.#host(lane), window.value.from, window.value.to)
    return `${this.#title(lane)}${told(this.#called(lane), bands)}. ${many(broken, 'disruption')} in sight.`
  }

  tip(lane: number, time: Time): string {
    const run = this.#run(lane)
    const host = this.#host(lane)
    const {histories, series} = run.recording
    const {words} = faceOf(lookAt(histories, host, time))
    const values = connections(run, host)
    const held = values?.[Math.min(values.length - 1, Math.floor(time / series.width))]
    const broken = factsOf(run).broken.count(host, -1, time)
    return [
      `${this.#title(lane)}${this.#called(lane)} at ${clockText(time)}: ${words}`,
      ...(held === undefined ? [] : [many(held, 'connection')]),
      ...(broken > 0 ? [`${many(broken, 'disruption')} so far`] : []),
    ].join('\n')
  }

  press(lane: number, time: Time | undefined): void {
    if (time !== undefined) return
    this.#desk.focus.set(this.#stack.groupOf(lane).run)
    this.#desk.picked.set({kind: 'host', host: this.#host(lane)})
  }

  instants(lane: number): Float64Array {
    return changesOf(this.#run(lane).recording.histories, this.#host(lane))
  }

  picked() {
    const {picked, focus, window} = this.#desk
    if (picked.value?.kind !== 'host') return undefined
    const {host} = picked.value
    const group = this.#stack.groups.find(({run, hosts}) => run === focus.value && hosts.includes(host))
    return group && {...window.value, lane: group.first + group.hosts.indexOf(host)}
  }

  paint(context: CanvasRenderingContext2D, from: number, to: number): void {
    const colours = palette()
    const brush = {context, palette: colours, fills: fillsOf(colours), scale: this.#scale, width: this.#width}
    grid(brush, from, to)
    for (const group of this.#stack.groups) {
      const bottom = group.top + group.head + group.hosts.length * this.thick
      if (group.top < to && bottom > from) this.#paintGroup(brush, group, from, to)
    }
  }

  #paintGroup(brush: Brush, group: StackedGroup, from: number, to: number): void {
    const run = this.#desk.runs.value[group.run]!
    if (!isReady(run)) return
    const {tier, hosts, top, first} = group
    const release = factsOf(run).releases.get(tier)
    const how = this.#isCompared ? run.lane.label : run.recording.strategies[tier]
    head(brush, this.#isCompared ? group.run : undefined, tier, groupText(hosts.length, release, how), top)
    if (release !== undefined) paintRelease(brush, release, top + headline)
    const every = Math.ceil(labelHeight / this.thick)
    hosts.forEach((host, i) => {
      const y = this.top(first + i)
      if (y + this.thick < from || y > to) return
      onlyInWindow(brush, () => this.#paintLane(brush, run, host, tier, y))
      if (i % every > 0) return
      const place = {x: gutter - 8, y: y + this.thick / 2, most: gutter - 12}
      write(brush, run.recording.actors[host]!.name, place, {size: 11, align: 'right'})
    })
    onlyInWindow(brush, () =>
      this.#paintBatches(brush, release?.batches ?? [], this.top(first), hosts.length * this.thick),
    )
  }

  #paintLane(brush: Brush, run: ReadyRun, host: ActorId, tier: string, y: number): void {
    const facts = factsOf(run)
    const span = this.#desk.window.value
    const gap = this.thick >= roomy ? 2 : this.thick > 3 ? 1 : 0
    const lane = {x: gutter, y, width: this.#width - gutter - margin, height: this.thick - gap}
    paintBands(brush, run, host, span, lane)
    const values = connections(run, host)
    const most = facts.most.get(tier)!
    if (values !== undefined && most > 0 && this.thick >= roomy)
      paintConnections(brush, values, run.recording.series.width, most, lane)
    paintBroken(brush, facts.broken, host, span, lane)
  }

  #paintBatches({context, palette: {ink}, scale}: Brush, batches: readonly Time[], y: number, height: number): void {
    context.fillStyle = ink
    context.globalAlpha = 0.35
    for (const at of batches) context.fillRect(Math.round(scale.x(at)), y, 1, height)
    context.globalAlpha = 1
  }

  get #isCompared(): boolean {
    return this.#stack.groups.some(({run}) => run !== this.#stack.groups[0]!.run)
  }
  #run(lane: number): ReadyRun {
    return this.#desk.runs.value[this.#stack.groupOf(lane).run] as ReadyRun
  }
  #host(lane: number): ActorId {
    const {hosts, first} = this.#stack.groupOf(lane)
    return hosts[lane - first]!
  }
  #called(lane: number): string {
    return this.#run(lane).recording.actors[this.#host(lane)]!.name
  }
  /** Which run it is in, if there are several. */
  #title(lane: number): string {
    return this.#isCompared ? `${this.#run(lane).lane.label}, ` : ''
  }
}
