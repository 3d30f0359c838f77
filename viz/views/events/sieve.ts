import {causeWords, kindNames} from '../../../sim/story/sentences.ts'
import {kinds} from '../../../sim/trace/ledger.ts'
import type {Desk} from '../../desk/desk.ts'
import type {ReadyRun} from '../../desk/run.ts'
import {h, say} from '../../draw/dom.ts'
import {drawn} from '../../draw/frame.ts'
import {signs} from '../../draw/palette.ts'
import {Signal, type Watched} from '../../draw/signal.ts'
import {families} from '../../recording/family.ts'
import {countBySort, sortOfCause, type Wish} from '../../recording/log.ts'
import {cached} from '../cached.ts'
import {choice, toggle} from '../pane/controls.ts'

/** Counted once for each run. */
const countsOf = cached(countBySort)
const nobody = ''

/** What of the log is wanted, as somebody has chosen it. It holds for whatever run is in focus. */
export class Sieve {
  readonly hidden = new Signal<ReadonlySet<number>>(new Set())
  /** By its name, for a host has the same in every run. */
  readonly host = new Signal(nobody)
  readonly client = new Signal('')
  readonly text = new Signal('')
  readonly follows = new Signal(true)

  get changing(): readonly Watched[] {
    const {hidden, host, client, text} = this
    return [hidden, host, client, text]
  }

  wish({recording}: ReadyRun): Wish {
    const {hidden, host, client, text} = this
    const actor = recording.actors.findIndex(({name}) => name === host.value)
    return {
      hidden: hidden.value,
      text: text.value.trim(),
      ...(actor !== -1 && {host: actor}),
      ...(/^\d+$/.test(client.value) && {client: Number(client.value)}),
    }
  }

  /** Shows rows of one sort alone. */
  only(run: ReadyRun, sort: number): void {
    const others = new Set(countsOf(run).keys())
    others.delete(sort)
    this.hidden.set(others)
  }

  toggle(sort: number): void {
    const hidden = new Set(this.hidden.value)
    if (!hidden.delete(sort)) hidden.add(sort)
    this.hidden.set(hidden)
  }

  /** Lets everything through again. */
  clear(): void {
    this.hidden.set(new Set())
    for (const it of [this.host, this.client, this.text]) it.set('')
  }

  controls(desk: Desk): HTMLElement {
    const runs = [desk.runs, desk.focus]
    return h(
      'div',
      {class: 'sieve'},
      h(
        'div',
        {class: 'controls'},
        field('Search', this.text, {type: 'search', placeholder: 'a word, a host, a cause'}),
        choice('Host', this.host, () => hostsOf(desk), runs),
        field('Client', this.client, {type: 'text', inputmode: 'numeric', size: 7, placeholder: 'number'}),
        toggle(() => 'Follow the clock', this.follows),
      ),
      this.#chips(desk),
    )
  }

  #chips(desk: Desk): HTMLElement {
    const place = h('div', {class: 'chips', role: 'group', 'aria-label': 'Kinds of events and disruptions'})
    const all = h('button', {type: 'button', class: 'all', onclick: () => this.clear()}, 'Show all')
    let chips = new Map<number, HTMLElement>()
    drawn(place, [desk.runs, desk.focus], () => {
      chips = new Map(desk.focused === undefined ? [] : chipsOf(desk.focused, sort => this.toggle(sort)))
      place.replaceChildren(...chips.values(), all)
    })
    drawn(place, [desk.runs, desk.focus, ...this.changing], () => {
      const {hidden, host, client, text} = this
      for (const [sort, chip] of chips) chip.setAttribute('aria-pressed', String(!hidden.value.has(sort)))
      all.disabled = hidden.value.size === 0 && [host, client, text].every(({value}) => value === '')
    })
    return place
  }
}

/** A button for each sort that occurs, with how many of it there are. */
const chipsOf = (run: ReadyRun, press: (sort: number) => void): [sort: number, chip: HTMLElement][] =>
  [...countsOf(run)].flatMap((count, sort) => {
    if (count === 0) return []
    const {name, family} = sortName(run, sort)
    const chip = h(
      'button',
      {type: 'button', class: family ?? 'event', onclick: () => press(sort)},
      family !== undefined && h('span', {class: 'sign', 'aria-hidden': 'true'}, signs[family]),
      name,
      h('span', {class: 'count'}, count.toLocaleString('en')),
    )
    return [[sort, chip]]
  })

/** What a sort is called, and the family of disruptions that it belongs to if it is a cause. */
export function sortName({recording, tally}: ReadyRun, sort: number) {
  const cause = sort - sortOfCause(0)
  if (cause < 0) return {name: kindNames[kinds[sort]!], family: undefined}
  return {name: causeWords(recording.causes[cause]), family: families[tally.familyOfCause[cause]!]}
}

function hostsOf({focused}: Desk): readonly (readonly [string, string])[] {
  const hosts = focused?.recording.actors.filter(({kind}) => kind === 'host') ?? []
  return [[nobody, 'all'], ...hosts.map(({name}) => [name, name] as const)]
}

function field(
  label: string,
  value: Signal<string>,
  attributes: Readonly<Record<string, string | number>>,
): HTMLElement {
  const input = h('input', {...attributes, oninput: () => value.set(input.value)})
  drawn(input, [value], () => {
    if (input.value !== value.value) input.value = value.value
  })
  const name = h('span', {})
  say(name, label)
  return h('label', {class: 'choice'}, name, input)
}
