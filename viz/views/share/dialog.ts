import type {Desk} from '../../desk/desk.ts'
import {linkTo} from '../../desk/permalink.ts'
import {chooseTheme, theme, themes} from '../../desk/theme.ts'
import {h, say} from '../../draw/dom.ts'
import {clockText} from '../../draw/words.ts'
import {traceOf} from '../../recording/trace.ts'
import {packedFile, save, savedAs} from './file.ts'
import {pictureOf, pngOf} from './picture.ts'
import {csvOf, disruptionTable, eventTable, jsonOf, seriesTable, type Table} from './tables.ts'

/** What can be taken away: a link, a picture and the data; and how the page is to look. It is made anew each time. */
export function shareDialog(desk: Desk): HTMLDialogElement {
  const told = h('p', {class: 'told', role: 'status'})
  const tell = (text: string) => say(told, text)
  const close = h('button', {type: 'button', onclick: () => dialog.close()}, 'Close')
  const dialog = h(
    'dialog',
    {class: 'share', 'aria-labelledby': 'share-title'},
    h('div', {class: 'head'}, h('h2', {id: 'share-title'}, 'Share'), close),
    link(desk, tell),
    picture(desk, tell),
    data(desk, tell),
    look(),
    told,
    h('p', {class: 'note'}, 'Nothing leaves this page: it runs in your browser, and so does all that it simulates.'),
  )
  dialog.addEventListener('click', event => event.target === dialog && dialog.close())
  return dialog
}

type Tell = (text: string) => void

const part = (title: string, ...children: readonly (HTMLElement | false)[]): HTMLElement =>
  h('section', {'aria-label': title}, h('h3', {}, title), ...children)

function link(desk: Desk, tell: Tell): HTMLElement {
  if (desk.sheet.value === undefined)
    return part(
      'Link',
      h(
        'p',
        {class: 'note'},
        'This is a trace, and a link cannot hold its data. Pass on the file itself; anybody can open it here.',
      ),
    )
  const field = h('input', {type: 'text', readonly: true, 'aria-label': 'The link', value: ''})
  const copy = h('button', {type: 'button', disabled: true, onclick: () => void copied(field, tell)}, 'Copy')
  void linkTo(desk).then(text => {
    field.value = text
    copy.disabled = false
  })
  const isOwn = /^(localhost|127\.|\[::1\]|$)/.test(location.hostname)
  return part(
    'Link',
    h('div', {class: 'row'}, field, copy),
    h(
      'p',
      {class: 'note'},
      `It holds the scenario, its changes, the seed, the lanes, the instant and the window; whoever opens it simulates the same again.${isOwn ? ' It leads to this machine.' : ''}`,
    ),
  )
}

async function copied(field: HTMLInputElement, tell: Tell): Promise<void> {
  try {
    await navigator.clipboard.writeText(field.value)
    tell('The link is copied.')
  } catch {
    field.select()
    tell('This browser does not let a page copy: the link is selected, copy it with Ctrl+C.')
  }
}

const button = (text: string, press: () => void, disabled = false): HTMLElement =>
  h('button', {type: 'button', disabled, onclick: press}, text)

function picture(desk: Desk, tell: Tell): HTMLElement {
  const make = async (kind: 'svg' | 'png') => {
    const made = await pictureOf(desk)
    const name = savedAs(desk, desk.view.value, kind)
    save(name, kind === 'svg' ? made.svg : await pngOf(made))
    tell(`${name} is saved.`)
  }
  return part(
    'Picture of what is on the page',
    h(
      'div',
      {class: 'row'},
      button('PNG', () => void make('png')),
      button('SVG', () => void make('svg')),
    ),
  )
}

function data(desk: Desk, tell: Tell): HTMLElement {
  const run = desk.focused
  if (run === undefined) return part('Data', h('p', {class: 'note'}, 'There is data once the run in focus is through.'))
  const {from, to} = desk.window.value
  const put = (what: string, kind: string, content: Blob | string) => {
    const name = savedAs(desk, what, kind)
    save(name, content)
    tell(`${name} is saved.`)
  }
  const csv = (what: string, table: Table) => put(what, 'csv', csvOf(table))
  const tables = () =>
    [disruptionTable(run, {from, to}), eventTable(run, {from, to}), seriesTable(run, {from, to})] as const
  const trace = async () => put('trace', 'json.gz', await packedFile(JSON.stringify(traceOf(run.recording))))
  return part(
    `Data of ${run.lane.label}, ${clockText(from)} to ${clockText(to)}`,
    h(
      'div',
      {class: 'row'},
      button('Disruptions (CSV)', () => csv('disruptions', tables()[0])),
      button('Events (CSV)', () => csv('events', tables()[1])),
      button('Series (CSV)', () => csv('series', tables()[2])),
      button('All three (JSON)', () => put('data', 'json', jsonOf(run, {from, to}, tables()))),
    ),
    h(
      'div',
      {class: 'row'},
      button(
        'Report of the whole run (JSON)',
        () => put('report', 'json', JSON.stringify(run.report, null, 2)),
        run.report === undefined,
      ),
      button('Trace of the whole run', () => void trace()),
    ),
    h('p', {class: 'note'}, 'A trace can be opened here, or with ', h('code', {}, 'zdr view FILE'), '.'),
  )
}

function look(): HTMLElement {
  const names = {system: 'as the system', light: 'light', dark: 'dark'} as const
  const choices = themes.map(name => {
    const radio = h('input', {
      type: 'radio',
      name: 'theme',
      checked: theme.value === name,
      onchange: () => chooseTheme(name),
    })
    return h('label', {}, radio, ` ${names[name]}`)
  })
  return h('fieldset', {}, h('legend', {}, 'How the page looks'), ...choices)
}
