import type {Time} from '../../../sim/engine/time.ts'
import {none} from '../../../sim/words/figures.ts'
import {letterOf} from '../../desk/run.ts'
import {bucketAt, bucketsIn, type Course, extent, folded} from '../../draw/course.ts'
import {h} from '../../draw/dom.ts'
import {dashes, palette} from '../../draw/palette.ts'
import {linear, logarithmic, type Scale, spread} from '../../draw/scale.ts'
import {gutter, margin, type Timeline} from '../../draw/timeline.ts'
import {spanText} from '../../draw/words.ts'
import type {Chart, Choice} from './catalogue.ts'
import {gist} from './gist.ts'
import {type Ground, type Lettered, type Pane, Plot} from './plot.ts'
import {fillBetween, lastIn, traceSteps} from './steps.ts'
import {mostRows, type Sheet} from './table.ts'

const height = 96
const letterHeight = 12

/** A chart with a line for each run. */
export class Lines implements Pane {
  readonly element: HTMLElement
  readonly #chart: Chart
  readonly #runs: readonly Lettered[]
  readonly #ground: Ground
  readonly #plot: Plot
  #choice: Choice
  #courses: readonly Course[]
  #told: readonly number[] = []

  /** `chosen` holds what was chosen for each chart, by its title. */
  constructor(chart: Chart, runs: readonly Lettered[], ground: Ground, chosen: Map<string, string>) {
    this.#chart = chart
    this.#runs = runs
    this.#ground = ground
    this.#choice = chart.choices.find(({name}) => name === chosen.get(chart.title)) ?? chart.choices[0]!
    this.#courses = this.#measured()
    const wants = {
      title: chart.title,
      height,
      runs,
      extra: this.#chooser(chosen),
      table: () => this.#sheet(),
    }
    this.#plot = new Plot(ground, wants, this)
    this.#plot.unit(chart.unit.name)
    this.element = this.#plot.element
  }

  #measured(): Course[] {
    return this.#runs.map(({run}) => this.#choice.course(run.recording))
  }

  #chooser(chosen: Map<string, string>): HTMLElement | undefined {
    const {title, choices} = this.#chart
    if (choices.length < 2) return undefined
    const options = choices.map(({name}) => h('option', {selected: name === this.#choice.name}, name))
    const onchange = ({target}: {target: HTMLSelectElement}) => {
      chosen.set(title, target.value)
      this.#choice = choices.find(({name}) => name === target.value)!
      this.#courses = this.#measured()
      this.#told = []
      this.describe()
      this.paint()
      this.read(this.#ground.desk.cursor.value ?? this.#ground.desk.clock.time.value)
    }
    return h('select', {'aria-label': `${title}: of which`, onchange}, ...options)
  }

  paint(): void {
    const {canvas} = this.#plot
    if (canvas.width <= gutter + margin) return
    const {worst, unit} = this.#chart
    const span = this.#ground.desk.window.value
    const scale = this.#plot.clear()
    const shown = this.#courses.map(course => folded(course, span, canvas.width, worst))
    const level = this.#scale(shown)
    this.#plot.rule(level, unit.tick)
    this.#plot.within(context => {
      this.#band(context, scale, level)
      shown.forEach((course, i) => {
        this.#line(context, course, this.#runs[i]!.index, scale, level)
      })
    })
    this.#letters(shown, level)
    this.#plot.tell()
  }

  describe(): void {
    const {worst, unit} = this.#chart
    const lines = this.#runs.map(({index}, i) => ({name: letterOf(index), course: this.#courses[i]!}))
    this.#plot.describe(gist(this.#name(), lines, this.#ground.desk.window.value, unit, worst))
  }

  #name(): string {
    const {title, choices} = this.#chart
    return choices.length > 1 ? `${title}, ${this.#choice.name}` : title
  }

  #scale(courses: readonly Course[]): Scale {
    const range = extent(courses, this.#ground.desk.window.value)
    if (this.#chart.isLog) return logarithmic(range ?? [0.001, 1], height)
    return linear(range ?? [0, 1], height, this.#chart.worst)
  }

  /** Where lines lie upon each other, those below are seen between the dashes of those above. */
  #line(context: CanvasRenderingContext2D, course: Course, index: number, scale: Timeline, level: Scale): void {
    context.strokeStyle = palette().runs[index]!
    context.lineWidth = index === this.#ground.desk.focus.value ? 2.25 : 1.5
    context.setLineDash([...dashes[index]!])
    context.beginPath()
    traceSteps(context, course, this.#ground.desk.window.value, scale, level)
    context.stroke()
  }

  /** What the hosts of the run that is looked at closely range over. */
  #band(context: CanvasRenderingContext2D, scale: Timeline, level: Scale): void {
    const {focus, window} = this.#ground.desk
    const focused = this.#runs.find(({index}) => index === focus.value)
    const band = focused && this.#choice.band?.(focused.run.recording)
    if (band === undefined) return
    context.fillStyle = palette().runs[focused!.index]!
    fillBetween(context, band, window.value, scale, level)
  }

  /** At the end of each line the letter of its run. */
  #letters(courses: readonly Course[], level: Scale): void {
    const ends = courses.flatMap((course, i) => {
      const value = lastIn(course, this.#ground.desk.window.value)
      return value === undefined ? [] : [{y: level.y(value), letter: letterOf(this.#runs[i]!.index)}]
    })
    const at = spread(
      ends.map(({y}) => y),
      letterHeight,
      height - letterHeight / 2,
    )
    const x = this.#plot.canvas.width - margin + 2
    ends.forEach(({letter}, i) => {
      this.#plot.label(x, at[i]!, letter, 'letter')
    })
  }

  read(at: Time): void {
    const buckets = this.#courses.map(course => bucketAt(course, at))
    this.#courses.forEach((course, i) => {
      if (buckets[i] !== this.#told[i]) this.#plot.say(i, this.#text(course.values[buckets[i]!]!))
    })
    this.#told = buckets
  }

  #text(value: number): string {
    return Number.isNaN(value) ? none : this.#chart.unit.text(value)
  }

  #sheet(): Sheet {
    const {worst} = this.#chart
    const span = this.#ground.desk.window.value
    const courses = this.#courses.map(course => folded(course, span, mostRows, worst))
    const [first, end] = bucketsIn(courses[0]!, span)
    const rows = Array.from({length: end - first}, (_, i) => ({
      at: (first + i) * courses[0]!.width,
      cells: courses.map(({values}) => this.#text(values[first + i] ?? Number.NaN)),
    }))
    const [one] = courses
    const note = `${worst === 'least' ? 'Lowest' : 'Highest'} in each ${spanText(one!.width)}; ${this.#chart.unit.name}.`
    return {
      note,
      grain: one!.width,
      columns: this.#runs.map(({index, run}) => `${letterOf(index)} ${run.lane.label}`),
      rows,
    }
  }
}
