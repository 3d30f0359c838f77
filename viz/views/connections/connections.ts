import {count} from '../../../sim/words/figures.ts'
import type {Desk} from '../../desk/desk.ts'
import type {ReadyRun} from '../../desk/run.ts'
import {h, say} from '../../draw/dom.ts'
import {sign} from '../../draw/lanes.ts'
import {clockText} from '../../draw/words.ts'
import {families, familyNames} from '../../recording/family.ts'
import {legend, type Sample, sample} from '../pane/legend.ts'
import {Pane} from '../pane/pane.ts'
import {arrivals, drawnInSight} from '../pane/sight.ts'
import {table} from '../pane/table.ts'
import type {Chart} from './chart.ts'
import {Charts} from './charts.ts'
import {Choices} from './choices.ts'
import {completed, endingsOf, open} from './endings.ts'
import {fullAt} from './full.ts'
import {LifeLanes} from './lanes.ts'
import {paintLife} from './paint.ts'
import {causeText, endingName} from './words.ts'

/** A line for every connection of a sample of clients, from its begin to its end, and how that came. */
export function connections(desk: Desk): HTMLElement {
  const choices = new Choices(desk)
  const made = new Charts()
  const runs = arrivals(desk)
  const said = h('p', {class: 'said'})
  const rows = h('div', {})
  const pane = new Pane(desk, 'Connections, one lane each')
  const draw = () => {
    const run = desk.focused
    const charts = run === undefined ? [] : made.of(desk, run, choices)
    const asTable = choices.asTable.value
    say(
      said,
      run === undefined
        ? 'The run that is looked at is still being simulated.'
        : sampleText(run, charts, choices.filter(run.recording).workload),
    )
    pane.element.hidden = asTable || charts.length === 0
    rows.replaceChildren(...(asTable ? charts.map(tableOf) : []))
    if (pane.element.hidden) return
    pane.show(new LifeLanes(desk, charts, room() / charts.length, pane.scale, pane.width))
  }
  const element = h(
    'div',
    {class: 'lanes-view'},
    choices.controls(desk, runs),
    said,
    pane.element,
    rows,
    legend(() => samplesFor(desk.ready), [runs]),
  )
  drawnInSight(element, [runs, desk.focus, desk.window, ...choices.changing], draw)
  return element
}

/** Pixels for the lanes of all charts: as much as leaves the controls on the screen. */
const room = (): number => Math.max(280, 0.54 * innerHeight)

/** How the sample was taken, and what it lacks. */
function sampleText({recording}: ReadyRun, charts: readonly Chart[], workload: number | undefined): string {
  const {lives, workloads} = recording
  const shown = workload === undefined ? workloads.keys() : [workload]
  const rates = [...shown].map(i => `1 in ${count(lives.oneIn[i]!)} clients of ${workloads[i]!.name}`)
  const at = fullAt(recording)
  const parts = [
    `A sample, the same under every strategy: ${rates.join(', ')}`,
    ...(at === undefined ? [] : [`it is full at ${clockText(at)}, and lacks what began later`]),
    ...(charts.some(({rack}) => rack.lanes === 0) ? ['nothing of it is in sight'] : []),
  ]
  return `${parts.join('; ')}.`
}

function tableOf({name, recording, rack}: Chart): HTMLElement {
  const {lives, workloads, actors, outcomes} = recording
  const {family} = endingsOf(recording)
  const cell = (row: number) => [
    String(lives.client[row]!),
    workloads[lives.workload[row]!]!.name,
    actors[lives.process[row]!]?.name ?? '–',
    clockText(lives.from[row]!, 1000),
    clockText(lives.to[row]!, 1000),
    [lives.outcome[row]! < 0 ? endingName(family[row]!) : outcomes[lives.outcome[row]!]!, causeText(recording, row)]
      .filter(Boolean)
      .join(': '),
  ]
  const heads = ['Client', 'Workload', 'Process', 'From', 'To', 'Ended how']
  return table(`${name}: what is in sight, in the order of the lanes.`, heads, rack.rows.length, k =>
    cell(rack.rows[k]!),
  )
}

const line = (text: string, family: number): Sample => ({
  text,
  paint: brush => paintLife(brush, family, {x1: 1, x2: sample.width - 5, y: sample.height / 2, lane: 10}),
})

/** The legend: of what broke it has those kinds that there are in any run. */
function samplesFor(runs: readonly ReadyRun[]): readonly Sample[] {
  const broken = families.flatMap((name, family): readonly Sample[] => {
    if (!runs.some(({tally}) => tally.times(family).length > 0)) return []
    const {text, paint} = line(familyNames[name], family)
    const withSign: Sample['paint'] = brush => {
      paint(brush)
      sign(brush, name, sample.width - 6, sample.height / 2, 12)
    }
    return [{text, paint: withSign}]
  })
  return [line('completed', completed), line('still open', open), ...broken]
}
