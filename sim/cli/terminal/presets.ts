import {defaultText} from '../../scenario/default-text.ts'
import {formatDuration} from '../../scenario/units.ts'
import type {Preset, ProxySettings, TierSettings} from '../../strategies/preset.ts'
import {wrapped} from './prose.ts'
import type {Paper} from './table.ts'

/** Each preset with the strategy that it is, what it sets, what that means and where it is from. */
export function drawPresets(presets: readonly Preset[], paper: Paper): string {
  const [names, strategies] = [presets.map(({name}) => name), presets.map(({of}) => of)]
  const columns = [Math.max(...names.map(widthOf)) + 2, Math.max(...strategies.map(widthOf)) + 2] as const
  const indent = columns[0] + columns[1]
  const lines = presets.flatMap(preset => {
    const [first = '', ...more] = wrapped(settings(preset), paper.width - indent)
    const head = paper.style('bold', preset.name.padEnd(columns[0])) + preset.of.padEnd(columns[1]) + first
    const words = [preset.summary, `Source: ${preset.source}.`]
    const below = words.flatMap(text => wrapped(text, paper.width - columns[0]))
    return [
      head,
      ...more.map(line => ' '.repeat(indent) + line),
      ...below.map(line => ' '.repeat(columns[0]) + line),
      '',
    ]
  })
  return [...lines, ...wrapped(legend, paper.width)].map(line => `${line}\n`).join('')
}

const legend = '* from memory: not looked up. A scenario sets options of a preset as it does those of its strategy.'
const widthOf = (text: string) => text.length

function settings(preset: Preset): string {
  const mark = (name: string) => (preset.recalled.includes(name) ? '*' : '')
  const options = preset.sets.map(name => `${name} ${defaultText(preset.options[name]!)}${mark(name)}`)
  return [...options, ...tierWords(preset.tier), ...proxyWords(preset.before)].join(', ')
}

function tierWords({idleClose, saysClose}: TierSettings): string[] {
  const idle =
    idleClose && (idleClose.when === 'response' ? 'on response' : `{spread: ${formatDuration(idleClose.spread)}}`)
  return [
    idle === undefined ? [] : `tier idleClose ${idle}`,
    saysClose === undefined ? [] : `tier saysClose ${saysClose}`,
  ].flat()
}

function proxyWords({tryDuration, tryInterval, retryIdempotent}: ProxySettings): string[] {
  return [
    tryDuration === undefined ? [] : `upstream tryDuration ${formatDuration(tryDuration)}`,
    tryInterval === undefined ? [] : `upstream tryInterval ${formatDuration(tryInterval)}`,
    retryIdempotent === undefined ? [] : `upstream retryIdempotent ${retryIdempotent}`,
  ].flat()
}

/** The same for programs: values as a scenario file spells them. */
export const presetsAsData = (presets: readonly Preset[]) =>
  presets.map(({name, of, summary, source, sets, options, recalled, tier, before}) => ({
    name,
    strategy: of,
    summary,
    source,
    options: Object.fromEntries(sets.map(option => [option, defaultText(options[option]!)])),
    tier,
    upstream: before,
    recalled,
  }))
