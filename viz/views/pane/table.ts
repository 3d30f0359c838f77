import {h} from '../../draw/dom.ts'
import {many} from '../../draw/words.ts'

/** What a table shows at most; more would hold up the page, and nobody reads it. */
const mostRows = 500

/** So many rows of text under heads, the first `mostRows` of them. */
export function table(
  caption: string,
  heads: readonly string[],
  count: number,
  row: (k: number) => readonly string[],
): HTMLElement {
  const shown = Math.min(count, mostRows)
  const note = shown < count ? ` The first ${shown} of ${many(count, 'row')}; zoom in or filter to see others.` : ''
  const body = Array.from({length: shown}, (_, k) => {
    const [first = '', ...others] = row(k)
    return h('tr', {}, h('th', {scope: 'row'}, first), ...others.map(text => h('td', {}, text)))
  })
  return h(
    'div',
    {class: 'rows', tabindex: 0, role: 'region', 'aria-label': caption},
    h(
      'table',
      {},
      h('caption', {}, caption + note),
      h('thead', {}, h('tr', {}, ...heads.map(text => h('th', {scope: 'col'}, text)))),
      h('tbody', {}, ...body),
    ),
  )
}
