import {clockText} from '../../words/clock.ts'
import type {Explained} from '../explain/explained.ts'
import {paragraphs, wrapped} from './prose.ts'
import {printable} from './style.ts'
import type {Paper} from './table.ts'

const gap = '  '

/** A story, a step below the other, each with its time on the clock of the run. */
export function drawStory({id, story, remedy}: Explained, {width, style}: Paper): string {
  const times = story.steps.map(({at}) => clockText(at, 1_000))
  const margin = Math.max(...times.map(time => time.length))
  const lines = story.steps.flatMap(({text}, i) => {
    const [first = '', ...more] = wrapped(printable(text), width - margin - gap.length)
    const isLast = i === story.steps.length - 1
    const shown = (line: string) => (isLast ? style('red', line) : line)
    const time = style('dim', times[i]!.padStart(margin))
    return [time + gap + shown(first), ...more.map(line => ' '.repeat(margin) + gap + shown(line))]
  })
  const head = wrapped(`${id}, ${printable(story.brief)}`, width).map(line => style('bold', line))
  const tale = [...head, '', ...lines].map(line => `${line}\n`).join('')
  return remedy.length === 0 ? tale : `${tale}\n${paragraphs(remedy, width)}`
}

/** Of a run that disrupted nobody. */
export const drawCalm = (losses: readonly string[], {width}: Paper): string =>
  paragraphs(['Nothing was disrupted.', ...losses], width)
