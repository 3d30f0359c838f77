import {exhibits} from 'virtual:gallery'
import type {Desk} from '../../desk/desk.ts'
import {h} from '../../draw/dom.ts'
import type {Exhibit} from './exhibit.ts'

/** All that is shipped, room by room, and a field to find something in it. */
export function gallery(desk: Desk): HTMLDialogElement {
  const close = h('button', {type: 'button', onclick: () => element.close()}, 'Close')
  const search = h('input', {type: 'search', placeholder: 'Find: udp, storm, nginx…', 'aria-label': 'Find a scenario'})
  const names = [...new Set(exhibits.map(({room}) => room))].toSorted(
    (a, b) => Number(b === 'Releases') - Number(a === 'Releases'),
  )
  const rooms = names.map(room => roomOf(room, desk, () => element.close()))
  search.addEventListener('input', () => find(rooms, search.value))
  const element = h(
    'dialog',
    {class: 'gallery', 'aria-labelledby': 'gallery-title'},
    h('div', {class: 'top'}, h('h2', {id: 'gallery-title'}, 'Gallery'), search, close),
    h(
      'p',
      {class: 'note'},
      `${exhibits.length} scenarios, each with a question, its arithmetic and what it must come to. Opening one simulates it here, in your browser.`,
    ),
    reproduction(),
    ...rooms,
  )
  return element
}

/** The page that `zdr reproduce` makes, where it lies beside this one. */
const reproduction = (): HTMLElement | undefined =>
  new URLSearchParams(location.search).has('reproduction')
    ? h('p', {}, h('a', {href: './reproduction.html'}, 'The paper, reproduced: sixteen published measurements'))
    : undefined

function roomOf(room: string, desk: Desk, close: () => void): HTMLElement {
  const here = exhibits.filter(exhibit => exhibit.room === room)
  return h(
    'section',
    {'aria-label': room},
    h('h3', {}, room),
    h('ul', {}, ...here.map(exhibit => h('li', {}, cardOf(exhibit, desk, close)))),
  )
}

function cardOf({name, title, question, usual, own, choices}: Exhibit, desk: Desk, close: () => void): HTMLElement {
  const show = (strategy?: string) => {
    close()
    const lanes = strategy === undefined ? {} : {lanes: [{label: strategy, replace: strategy, sets: []}]}
    void desk.show({source: {name, sets: []}, ...lanes})
  }
  const select = h(
    'select',
    {'aria-label': `one way to release ${title}`},
    ...choices.map(it => h('option', {selected: it === own}, it)),
  )
  return h(
    'article',
    {'data-words': `${name} ${title} ${question} ${usual.join(' ')}`.toLowerCase()},
    h('h4', {}, title),
    h('p', {}, question),
    h('p', {class: 'ways'}, usual.length > 1 ? `compares ${usual.join(', ')}` : usual[0]),
    h(
      'div',
      {class: 'value'},
      h(
        'button',
        {
          type: 'button',
          class: 'main',
          'aria-label': `${usual.length > 1 ? 'Compare' : 'Open'}: ${title}`,
          onclick: () => show(),
        },
        usual.length > 1 ? 'Compare' : 'Open',
      ),
      choices.length > 0 && select,
      choices.length > 0 &&
        h(
          'button',
          {type: 'button', 'aria-label': `Open one: ${title}`, onclick: () => show(select.value)},
          'Open one',
        ),
    ),
  )
}

function find(rooms: readonly HTMLElement[], words: string): void {
  const wanted = words.toLowerCase().split(/\s+/)
  for (const room of rooms) {
    let some = false
    for (const card of room.querySelectorAll<HTMLElement>('[data-words]')) {
      const fits = wanted.every(word => card.dataset.words!.includes(word))
      card.parentElement!.hidden = !fits
      some ||= fits
    }
    room.hidden = !some
  }
}
