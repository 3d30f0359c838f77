import {Alias, isMap, isNode, isScalar, isSeq, type Node, type Pair, type YAMLMap} from 'yaml'
import {type Path, quoted, shown} from './error.ts'
import {limits} from './limits.ts'
import {reserved} from './source.ts'

/** Something in a YAML file that no scenario may hold, with where it begins in the text. */
export interface Trouble {
  readonly offset: number
  readonly path: Path
  readonly found: string
  readonly wanted: string
}

const mostTroubles = 20

/**
 * Makes plain data of YAML nodes: maps without a prototype, lists, texts, finite numbers, true, false and null. Aliases
 * become copies of what they stand for. `troubles` lists what could not be taken over.
 */
export class PlainData {
  readonly troubles: Trouble[] = []
  /** What each alias stands for. */
  readonly targets = new Map<Alias, Node>()
  readonly root: unknown
  private readonly anchors = new Map<string, Node>()
  private readonly open: Path[number][] = []
  private copying = 0
  private copies = 0

  constructor(contents: unknown) {
    this.root = this.value(contents)
  }

  private value(node: unknown): unknown {
    if (!isNode(node) || this.troubles.length >= mostTroubles) return null
    if (node instanceof Alias) return this.copy(node)
    if (this.copying > 0 && ++this.copies > limits.copies) return this.tooManyCopies(node)
    if (node.tag !== undefined) return this.trouble(node, `the tag ${quoted(node.tag)}`, 'no tag')
    if (this.open.length > limits.depth)
      return this.trouble(node, 'lists or maps nested too deep', `at most ${limits.depth} levels`)
    this.remember(node)
    if (isMap(node)) return this.map(node)
    if (isSeq(node)) return node.items.map((item, i) => this.within(i, () => this.value(item)))
    return this.scalar(node)
  }

  private scalar(node: Node): unknown {
    const value: unknown = isScalar(node) ? node.value : undefined
    if (typeof value === 'number' && !Number.isFinite(value)) return this.trouble(node, `${value}`, 'a finite number')
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value
    return this.trouble(node, shown(value), 'a text, a number, true, false, a list or a map')
  }

  private map(node: YAMLMap): Readonly<Record<string, unknown>> | null {
    if (node.items.length > limits.keys)
      return this.trouble(node, `a map of ${node.items.length} keys`, `at most ${limits.keys}`)
    const map: Record<string, unknown> = Object.create(null)
    for (const pair of node.items) this.pair(map, node, pair)
    return map
  }

  private pair(map: Record<string, unknown>, parent: Node, {key: node, value}: Pair): void {
    const key = keyOf(node)
    const at = isNode(node) ? node : parent
    if (key === undefined) this.trouble(at, 'a key that is no plain text', 'a plain text')
    else if (reserved.includes(key)) this.trouble(at, `the key ${quoted(key)}`, 'another name')
    else if (Object.hasOwn(map, key)) this.trouble(at, `the key ${quoted(key)} a second time`, 'it once')
    else map[key] = this.within(key, () => this.value(value))
  }

  private copy(alias: Alias): unknown {
    const target = this.targets.get(alias) ?? this.anchors.get(alias.source)
    if (target === undefined)
      return this.trouble(alias, quoted(`*${alias.source}`), 'an anchor with this name before it')
    this.targets.set(alias, target)
    this.copying++
    const value = this.value(target)
    this.copying--
    return value
  }

  /** Copies bring no new anchors: what an alias stands for is what stood before it in the text. */
  private remember(node: Node): void {
    const {anchor} = node as {anchor?: string}
    if (anchor !== undefined && this.copying === 0) this.anchors.set(anchor, node)
  }

  private tooManyCopies(node: Node): null {
    const had = this.troubles.some(({found}) => found === tooManyCopies)
    return had ? null : this.trouble(node, tooManyCopies, `at most ${limits.copies}`)
  }

  private within<T>(step: Path[number], action: () => T): T {
    this.open.push(step)
    const result = action()
    this.open.pop()
    return result
  }

  private trouble(node: Node, found: string, wanted: string): null {
    this.troubles.push({offset: node.range?.[0] ?? 0, path: [...this.open], found, wanted})
    return null
  }
}

const tooManyCopies = 'aliases that stand for too many values'

/** Numbers and such as keys are taken as they are written. */
export function keyOf(node: unknown): string | undefined {
  if (node === null) return ''
  if (!isScalar(node) || node.tag !== undefined) return undefined
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))
}
