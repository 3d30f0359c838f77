import {Lexer} from 'yaml'

/** What no scenario needs, found before the parser is asked: some of it would cost it minutes, or all the memory. */
export interface Excess {
  /** Where in the text, counted from 0. */
  readonly offset: number
  readonly found: string
  readonly wanted: string
}

export const limits = {
  characters: 2 ** 20,
  /** Words, signs, gaps and ends of lines. */
  tokens: 20_000,
  /** Of one text or comment. */
  tokenLength: 10_000,
  /** Lists and maps within each other. */
  depth: 50,
  /** Dashes and colons on one line, each of which may open a list or map. */
  signsOnLine: 20,
  indentation: 200,
  keys: 200,
  /** Values that come out of aliases. */
  copies: 10_000,
} as const

export function excess(text: string): Excess | undefined {
  if (text.length > limits.characters)
    return {offset: 0, found: `a file of ${text.length} characters`, wanted: `at most ${limits.characters}`}
  const binary = /[^\P{Cc}\t\n\r]|\p{Cs}|\uFFFD/u.exec(text)
  if (binary) return {offset: binary.index, found: 'a character of a binary file', wanted: 'text in UTF-8'}
  return structural(text)
}

function structural(text: string): Excess | undefined {
  const gauge = new Gauge()
  for (const token of new Lexer().lex(text)) {
    const wanted = gauge.add(token)
    if (wanted !== undefined) return {offset: gauge.offset, ...wanted}
  }
  return undefined
}

type Verdict = Omit<Excess, 'offset'> | undefined

/** Follows the tokens of a text and says when there are too many of them in one place. */
class Gauge {
  offset = 0
  private tokens = 0
  private depth = 0
  private signs = 0
  private atLineStart = true

  add(token: string): Verdict {
    const verdict = this.weigh(token)
    if (verdict === undefined && !isMark(token)) this.offset += token.length
    this.atLineStart = token.endsWith('\n') || (this.atLineStart && isMark(token))
    return verdict
  }

  private weigh(token: string): Verdict {
    if (++this.tokens > limits.tokens)
      return {found: `more than ${limits.tokens} words and signs`, wanted: 'fewer; long lists may go to a CSV file'}
    if (token.length > limits.tokenLength)
      return {found: `a text of ${token.length} characters`, wanted: `at most ${limits.tokenLength}`}
    if (token === '[' || token === '{') this.depth++
    if (token === ']' || token === '}') this.depth = Math.max(0, this.depth - 1)
    if (this.depth > limits.depth)
      return {found: 'lists or maps nested too deep', wanted: `at most ${limits.depth} levels`}
    return this.weighLine(token)
  }

  private weighLine(token: string): Verdict {
    if (token.endsWith('\n')) this.signs = 0
    else if (this.depth === 0 && /^[-?:]$/.test(token)) this.signs++
    if (this.signs > limits.signsOnLine)
      return {found: 'lists or maps nested too deep', wanted: `at most ${limits.signsOnLine} levels on one line`}
    if (this.atLineStart && token.length > limits.indentation && /^ +$/.test(token))
      return {found: `a line indented by ${token.length} columns`, wanted: `at most ${limits.indentation}`}
    return undefined
  }
}

/** What the lexer adds to the text: the start of a document, of a scalar, or an unexpected end. */
const isMark = (token: string): boolean => token === '\x02' || token === '\x1f' || token === '\x18'
