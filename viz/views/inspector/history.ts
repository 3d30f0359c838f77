import type {ActorId} from '../../../sim/net/events.ts'
import {annalsOf} from '../../../sim/story/annals.ts'
import {sentenceOf} from '../../../sim/story/sentences.ts'
import type {Desk} from '../../desk/desk.ts'
import type {ReadyRun} from '../../desk/run.ts'
import {h} from '../../draw/dom.ts'
import {clockText} from '../../draw/words.ts'

/** So many events of a host are listed, around the clock's time if it has more. */
const most = 200

/** Every event that tells of one host, to be gone to; the last that has happened is marked. */
export class History {
  readonly element = h('ol', {class: 'history', 'aria-label': 'History'})
  readonly #desk: Desk
  #run: ReadyRun | undefined
  #host: ActorId = -1
  #first = -1
  #current = -2
  #items: readonly HTMLElement[] = []

  constructor(desk: Desk) {
    this.#desk = desk
  }

  tell(run: ReadyRun, host: ActorId): void {
    const rows = annalsOf(run).rows(host)
    const done = rows.findLastIndex(row => run.ledger.at(row) <= this.#desk.clock.time.value)
    const first = Math.max(0, Math.min(rows.length - most, done - most / 2))
    if (run !== this.#run || host !== this.#host || first !== this.#first) this.#list(run, host, first)
    if (done - first !== this.#current) this.#mark(done - first)
  }

  #list(run: ReadyRun, host: ActorId, first: number): void {
    this.#run = run
    this.#host = host
    this.#first = first
    this.#current = -2
    const rows = annalsOf(run)
      .rows(host)
      .subarray(first, first + most)
    this.#items = Array.from(rows, row => this.#item(run, row))
    this.element.replaceChildren(...this.#items)
  }

  #item({ledger, recording}: ReadyRun, row: number): HTMLElement {
    const event = ledger.event(row)
    const time = h('time', {}, clockText(event.at))
    const go = () => this.#desk.clock.seek(event.at)
    return h('li', {}, h('button', {type: 'button', onclick: go}, time, ' ', sentenceOf(event, recording)))
  }

  #mark(current: number): void {
    this.#items.forEach((item, i) => {
      item.classList.toggle('to-come', i > current)
      if (i === current) item.firstElementChild!.setAttribute('aria-current', 'true')
      else item.firstElementChild!.removeAttribute('aria-current')
    })
    this.#current = current
    const item = this.#items[Math.max(0, current)]
    if (item !== undefined) this.element.scrollTop = item.offsetTop - this.element.clientHeight / 2
  }
}
