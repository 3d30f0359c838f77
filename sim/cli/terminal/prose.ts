/** A text broken at blanks into lines of at most so many characters, unless a word is longer. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

/** Sentences, each on lines of its own. */
export const paragraphs = (sentences: readonly string[], width: number) =>
  sentences
    .flatMap(sentence => wrapped(sentence, width))
    .map(line => `${line}\n`)
    .join('')
