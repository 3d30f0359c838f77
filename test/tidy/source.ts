import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {dirname, posix} from 'node:path'
import {parseSync} from 'vite'

/** Paths from the root of the project, with slashes. */
export function filesBelow(folder: string, ending: string): string[] {
  const entries = existsSync(folder) ? readdirSync(folder, {recursive: true, withFileTypes: true}) : []
  const files = entries.filter(entry => entry.isFile() && entry.name.endsWith(ending))
  return files.map(entry => posix.join(entry.parentPath, entry.name)).toSorted()
}

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
}
type Fields = Record<string, unknown>

export interface FunctionLength {
  readonly line: number
  readonly lines: number
}

/** One file of TypeScript, as its parser sees it. */
export class Source {
  readonly path: string
  readonly text: string
  readonly comments: readonly string[]
  private readonly nodes: readonly (Node & Fields)[]

  constructor(path: string, text = readFileSync(path, 'utf8')) {
    this.path = path
    this.text = text
    const {program, comments} = parseSync(path, this.text)
    this.comments = comments.map(comment => comment.value)
    this.nodes = nodesIn(program)
  }

  get lines(): number {
    return this.text.trimEnd().split('\n').length
  }

  /** What it imports or exports from elsewhere, whether at once or when it needs it. */
  get imports(): string[] {
    const clauses = [
      'ImportDeclaration',
      'ExportNamedDeclaration',
      'ExportAllDeclaration',
      'ImportExpression',
      'TSImportType',
    ]
    const sources = this.ofType(...clauses).map(({source}) => source as Fields | null | undefined)
    return sources.flatMap(source => (typeof source?.value === 'string' ? [source.value] : []))
  }

  /** The files of ours among them. */
  get ownImports(): string[] {
    const own = this.imports.filter(source => source.startsWith('.'))
    return own.map(source => posix.join(dirname(this.path), source))
  }

  /** The names of packages among them, without the path within. */
  get packages(): string[] {
    const foreign = this.imports.filter(source => !source.startsWith('.'))
    return foreign.map(source =>
      source
        .split('/')
        .slice(0, source.startsWith('@') ? 2 : 1)
        .join('/'),
    )
  }

  /** Names that it uses, apart from those after a dot, those of keys, and `Math.random` as one. */
  get names(): string[] {
    const keys = new Set(this.nodes.flatMap(({property, key, computed}) => (computed === true ? [] : [property, key])))
    const plain = this.ofType('Identifier').filter(node => !keys.has(node))
    const random = this.ofType('MemberExpression').map(({start, end}) => this.text.slice(start, end))
    return [...plain.map(({name}) => String(name)), ...random]
  }

  get functions(): FunctionLength[] {
    const bodies = this.ofType('FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression')
    const suites = new Set(this.callsOf('describe').flatMap(({arguments: given}) => given as unknown[]))
    return bodies
      .filter(node => !suites.has(node))
      .map(({start, end}) => ({line: this.line(start), lines: this.line(end) - this.line(start) + 1}))
  }

  /** Whether it turns the types off somewhere. */
  get hasAny(): boolean {
    return this.ofType('TSAsExpression').some(({typeAnnotation}) => (typeAnnotation as Node).type === 'TSAnyKeyword')
  }

  /** The names of its tests, where they are written out. */
  get testNames(): string[] {
    const names = [...this.callsOf('test'), ...this.callsOf('it')].map(({arguments: given}) => (given as Fields[])[0])
    return names.flatMap(name => (typeof name?.value === 'string' ? [name.value] : []))
  }

  /** `describe(…)`, and `describe.each(…)(…)` too. */
  private callsOf(name: string): readonly (Node & Fields)[] {
    const calls = this.ofType('CallExpression')
    return calls.filter(({callee}) =>
      new RegExp(`^${name}($|\\.(each|runIf|skipIf)\\b)`).test(
        this.text.slice((callee as Node).start, (callee as Node).end),
      ),
    )
  }

  private ofType(...types: readonly string[]): readonly (Node & Fields)[] {
    return this.nodes.filter(({type}) => types.includes(type))
  }

  private line(offset: number): number {
    return this.text.slice(0, offset).split('\n').length
  }
}

/** A node and all below it. */
function nodesIn(value: unknown): (Node & Fields)[] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.values(value).flatMap(nodesIn)
  return 'type' in value && typeof value.type === 'string' ? [value as Node & Fields, ...inner] : inner
}
