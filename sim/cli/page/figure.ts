import type {Estimate} from '../../experiment/estimate.ts'
import type {Band, Conclusion} from '../../reproduction/conclusion.ts'
import type {CurveFigure, Figure, NumberFigure} from '../../reproduction/target.ts'
import {significant} from '../../words/figures.ts'
import {drawCurves} from './curves.ts'
import {size} from './frame.ts'
import {publishedSwatch, swatch} from './marks.ts'
import {drawNumbers} from './numbers.ts'
import {element, escaped} from './text.ts'

/** A figure with its title, caption, legend, and its numbers for those who do not see it. */
export function drawFigure(figure: Figure, conclusion: Conclusion, id: string): string {
  const [title, about] = [`${id}-title`, `${id}-about`]
  const drawing = figure.kind === 'curves' ? drawCurves(figure, conclusion) : drawNumbers(figure, conclusion)
  const names =
    element('title', {id: title}, escaped(figure.title)) +
    element('desc', {id: about}, escaped(described(figure, conclusion)))
  const picture = {
    class: 'figure',
    viewBox: `0 0 ${size.width} ${size.height}`,
    role: 'img',
    'aria-labelledby': `${title} ${about}`,
  }
  return element(
    'figure',
    {},
    [
      element('figcaption', {}, `<b>${escaped(figure.title)}.</b> ${escaped(figure.caption)}`),
      legend(figure),
      element('svg', picture, names + drawing),
      element('details', {}, `<summary>As numbers</summary>${tableOf(figure, conclusion)}`),
    ].join('\n'),
  )
}

function legend(figure: Figure): string {
  const lines = figure.kind === 'curves' ? figure.lines.map(({label}, i) => swatch(i) + escaped(label)) : []
  const published =
    figure.kind === 'curves'
      ? figure.published?.label
      : figure.rows.some(row => row.published !== undefined)
        ? 'published'
        : undefined
  const all = published === undefined ? lines : [...lines, publishedSwatch() + escaped(published)]
  return all.length === 0 ? '' : element('ul', {class: 'legend'}, all.map(it => `<li>${it}</li>`).join(''))
}

/** What one sees, in words: where each line begins and ends, and how far it goes. */
function described(figure: Figure, {bands, numbers}: Conclusion): string {
  if (figure.kind === 'numbers')
    return figure.rows.map(({label, number}) => `${label}: ${withHalf(numbers[number]!)}.`).join(' ')
  const lines = figure.lines.map(({label, curve}) => `${label}: ${course(bands[curve]!)}.`)
  return [`${figure.y.label} over ${figure.x.label}.`, ...lines].join(' ')
}

function course({at, estimates}: Band): string {
  const means = estimates.map(({mean}) => mean)
  const [least, most] = [Math.min(...means), Math.max(...means)]
  const where = (value: number) => significant(at[means.indexOf(value)]!)
  const ends = `from ${significant(means[0]!)} at ${significant(at[0]!)} to ${significant(means.at(-1)!)} at ${significant(at.at(-1)!)}`
  return `${ends}, lowest ${significant(least)} at ${where(least)}, highest ${significant(most)} at ${where(most)}`
}

const withHalf = ({mean, half}: Estimate): string => `${significant(mean)} ± ${significant(half)}`

const tableOf = (figure: Figure, conclusion: Conclusion): string =>
  figure.kind === 'curves' ? curveTable(figure, conclusion) : numberTable(figure, conclusion)

/** So many rows are enough to follow a curve. */
const mostRows = 24

function curveTable({x, lines}: CurveFigure, {bands}: Conclusion): string {
  const columns = lines.map(({curve}) => bands[curve]!)
  const {at} = columns[0]!
  const step = Math.ceil(at.length / mostRows)
  const rows = at.flatMap((place, i) =>
    i % step === 0
      ? [[significant(place), ...columns.map(({estimates}) => (estimates[i] ? withHalf(estimates[i]) : ''))]]
      : [],
  )
  return table([x.label, ...lines.map(({label}) => label)], rows)
}

function numberTable({x, rows}: NumberFigure, {numbers}: Conclusion): string {
  const lines = rows.map(({label, number, published}) => [
    label,
    withHalf(numbers[number]!),
    published === undefined ? '' : String(published),
  ])
  return table(['', `simulated, ${x.label}`, 'published'], lines)
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map(text => `<th scope="col">${escaped(text)}</th>`).join('')
  const body = rows.map(
    ([first = '', ...rest]) =>
      `<tr><th scope="row">${escaped(first)}</th>${rest.map(text => `<td>${escaped(text)}</td>`).join('')}</tr>`,
  )
  return `<div class="wide"><table class="numbers"><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`
}
