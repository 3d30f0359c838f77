import {Alias, isMap, isNode, isSeq, LineCounter, type Pair, parseDocument} from 'yaml'
import {type Checked, type CheckOptions, checkScenario} from './check.ts'
import {type Path, pathText} from './error.ts'
import {excess} from './limits.ts'
import {keyOf, PlainData} from './plain.ts'
import type {Finding, Place, Source} from './source.ts'

/** What a check asks for; values of overrides are YAML, as the text is. */
export type ParseOptions = Omit<CheckOptions, 'readValue'>

/** A scenario from the text of a file, or everything that is wrong with it, first things first. Never throws. */
export function parseScenario(text: string, options: ParseOptions): Checked {
  const source = readSource(text)
  if (!('root' in source)) return {errors: source.map(finding => ({file: options.file, ...finding}))}
  return checkScenario(source, {...options, readValue: readSource})
}

/** Reads YAML that anybody may have written, in bounded time and memory. */
export function readSource(text: string): Source | readonly Finding[] {
  const tooMuch = excess(text)
  const lines = new LineCounter()
  if (tooMuch) return [{...placeIn(text, tooMuch.offset), path: '', found: tooMuch.found, wanted: tooMuch.wanted}]
  const document = parseDocument(text, {
    lineCounter: lines,
    // Pretty errors quote the text; whether keys are unique is asked below, in linear time.
    prettyErrors: false,
    uniqueKeys: false,
    // Below this level a second document is passed over in silence.
    logLevel: 'error',
  })
  const at = (offset: number): Place => placeOf(lines, offset)
  if (document.errors.length > 0)
    return document.errors.slice(0, mostSyntaxErrors).map(error => ({...at(error.pos[0]), path: '', ...syntax(error)}))
  const plain = new PlainData(document.contents)
  if (plain.troubles.length > 0)
    return plain.troubles.map(({offset, path, found, wanted}) => ({...at(offset), path: pathText(path), found, wanted}))
  const place = (path: Path, what: 'key' | 'value') => at(offsetOf(document.contents, path, what, plain.targets))
  return {root: plain.root, place}
}

/** What follows the first mistakes is mostly their consequence. */
const mostSyntaxErrors = 3

const syntax = ({code, message}: {code: string; message: string}) =>
  code === 'MULTIPLE_DOCS'
    ? {found: 'a second document', wanted: 'one'}
    : {found: `what is no YAML (${message.replace(/\s+/g, ' ').slice(0, 200)})`, wanted: 'YAML 1.2'}

function placeOf(lines: LineCounter, offset: number): Place {
  const {line, col} = lines.linePos(offset)
  return {line: Math.max(1, line), column: Math.max(1, col)}
}

function placeIn(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n')
  return {line: before.length, column: before.at(-1)!.length + 1}
}

type Targets = PlainData['targets']

function offsetOf(root: unknown, path: Path, what: 'key' | 'value', targets: Targets): number {
  let node = resolved(root, targets)
  let start = startOf(node)
  for (const [i, step] of path.entries()) {
    const pair = child(node, step)
    if (pair === undefined) return start
    const isLast = i === path.length - 1
    start = isLast && what === 'value' ? startOf(pair.value, startOf(pair.key)) : startOf(pair.key, startOf(pair.value))
    node = resolved(pair.value, targets)
  }
  return start
}

/** An element of a list has no key of its own. */
function child(node: unknown, step: Path[number]): Pair | {key: undefined; value: unknown} | undefined {
  if (isMap(node)) return node.items.find(pair => keyOf(pair.key) === String(step))
  if (isSeq(node) && Number(step) in node.items) return {key: undefined, value: node.items[Number(step)]}
  return undefined
}

const resolved = (node: unknown, targets: Targets): unknown => (node instanceof Alias ? targets.get(node) : node)

function startOf(node: unknown, otherwise = 0): number {
  return isNode(node) ? (node.range?.[0] ?? otherwise) : otherwise
}
