import {interpolateCividis, lab, scaleLinear, scalePow} from 'd3'
import type {Measure} from '../../../words/measures.ts'
import type {Style} from '../../../words/rows.ts'
import {element, escaped} from '../text.ts'

/** From values to colours, of which the eye sees as much without red, green or blue (cividis: Nuñez, Anderton and Renslow 2018). */
export interface Ramp {
  readonly least: number
  readonly most: number
  colour(value: number): Paint
  /** The value at a share of the way through the colours. */
  at(share: number): number
}

export interface Paint {
  readonly background: string
  /** Of text on it. */
  readonly ink: string
}

/** Where most values are small beside a few, the small ones get more of the colours. */
export function rampOver(values: readonly number[]): Ramp {
  const [least, most] = values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)]
  const middle = values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
  const isSkew = least >= 0 && middle - least < (most - least) / 5
  const scale = (isSkew ? scalePow().exponent(0.5) : scaleLinear()).domain([least, most]).range([0, 1]).clamp(true)
  return {
    least,
    most,
    colour: value => paint(least === most ? 0 : scale(value)),
    at: share => scale.invert(share),
  }
}

function paint(share: number): Paint {
  const background = interpolateCividis(share)
  return {background, ink: lab(background).l > 49.5 ? '#000' : '#fff'}
}

const stops = 12

/** The colours from the least to the most, with what they stand for. */
export function legend(ramp: Ramp, {text}: Style, better: Measure['better']): string {
  if (ramp.least === ramp.most) return `<p class="ramp">The same everywhere: ${escaped(text(ramp.least))}</p>`
  const colours = Array.from({length: stops + 1}, (_, i) => ramp.colour(ramp.at(i / stops)).background)
  const words = [0, 0.5, 1].map(share => `<span>${escaped(text(ramp.at(share)))}</span>`)
  const strip = element('div', {class: 'strip', style: `background: linear-gradient(to right, ${colours.join(', ')})`})
  return `<div class="ramp">${strip}<div class="ends">${words.join('')}</div>${better === 'lower' ? 'Darker' : 'Lighter'} is better.</div>`
}
