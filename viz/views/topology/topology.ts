import type {Desk} from '../../desk/desk.ts'
import type {ReadyRun} from '../../desk/run.ts'
import {Canvas} from '../../draw/canvas.ts'
import {h} from '../../draw/dom.ts'
import {drawn} from '../../draw/frame.ts'
import {onNightfall} from '../../draw/palette.ts'
import {Signal} from '../../draw/signal.ts'
import {Faces} from './face.ts'
import {channels, Flow} from './flow.ts'
import {FlowPainter, prefersStill} from './flow-painter.ts'
import {HostList} from './host-list.ts'
import {layoutOf} from './layout.ts'
import {type Plan, planOf} from './plan.ts'
import {Scale} from './scale.ts'
import {TilePainter} from './tile-painter.ts'
import {guessedWiring, wiringOf} from './wiring.ts'

/** Counts how often the page has turned from day to night or back. */
export const nightfall = new Signal(0)
onNightfall(() => nightfall.set(nightfall.value + 1))

/** The fleet of one run as it stands when the clock does: who passes work on to whom, how every host is, and what flows. */
export function topology(desk: Desk, index: number, run: ReadyRun): HTMLElement {
  const scene = new Scene(desk, index, run)
  drawn(scene.element, [desk.runs, nightfall], () => scene.lay())
  drawn(scene.element, [desk.clock.time, desk.clock.speed], () => scene.draw())
  return scene.element
}

class Scene {
  readonly element: HTMLElement
  readonly #desk: Desk
  readonly #run: ReadyRun
  readonly #plan: Plan
  readonly #scale: Scale
  readonly #list: HostList
  readonly #below = new Canvas(undefined, () => this.lay())
  readonly #above = new Canvas(undefined, () => this.lay())
  readonly #tiles: TilePainter
  readonly #particles: FlowPainter
  #layout = layoutOf(nothing, 1, 1)
  #flow: Flow

  constructor(desk: Desk, index: number, run: ReadyRun) {
    const {recording} = run
    const outline = desk.outline.value
    this.#desk = desk
    this.#run = run
    this.#plan = planOf(recording, outline ? wiringOf(outline) : guessedWiring(recording))
    this.#scale = new Scale(desk)
    this.#list = new HostList(desk, index, run)
    this.#tiles = new TilePainter(this.#below, new Faces(recording, tier => this.#scale.fullest(tier)))
    this.#particles = new FlowPainter(this.#above, index)
    this.#flow = new Flow(recording, this.#plan, this.#layout)
    const {element, tip} = this.#list
    this.element = h('div', {class: 'topology'}, this.#below.element, this.#above.element, element, tip)
  }

  /** Anew, for the room has changed, or the colours, or what other runs have shown to be full. */
  lay(): void {
    const {width, height} = this.#below
    if (width === 0) return
    this.#scale.measure()
    this.#layout = layoutOf(this.#plan, width, height)
    this.#flow = new Flow(this.#run.recording, this.#plan, this.#layout)
    this.#tiles.change(this.#layout)
    this.#particles.change()
    this.#list.lay(this.#layout)
    this.draw()
  }

  draw(): void {
    if (this.#below.width === 0) return
    const {time, speed} = this.#desk.clock
    const {busiest} = this.#scale
    this.#tiles.paint(time.value, this.#flow.open)
    if (!prefersStill.matches) this.#particles.paint(this.#flow, time.value, speed.value, busiest)
    else {
      const ways = channels(this.#run.recording, this.#plan, this.#layout, time.value, busiest)
      this.#particles.paintStill(this.#flow, time.value, speed.value, ways)
    }
  }
}

const nothing: Plan = {workloads: [], groups: [], columns: [], routes: []}
