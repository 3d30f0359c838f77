import {quoted} from './error.ts'
import {type Finding, nowhere} from './source.ts'

/** Reads what stands after the `=` of an override: plain data, or what is wrong with the text. */
export type ReadValue = (text: string) => {readonly root: unknown} | readonly Finding[]

const number = /^-?\d+(?:\.\d+)?$/
const words = /^[A-Za-z\d][\w./%-]*(?: [\w./%-]+)*$/
/** Which of these words are numbers, true, false or null is for YAML to say. */
const ambiguous = /^(?:0[xo].*|\d[\d.]*(?:e[\d-]*)?|true|false|null)$/i
const constants: Readonly<Record<string, unknown>> = {true: true, false: false, null: null}

/** One number or text, true, false or null, as YAML reads it; what else YAML can say needs its parser. */
export const plainValue: ReadValue = text => {
  if (number.test(text)) return {root: Number(text)}
  if (Object.hasOwn(constants, text)) return {root: constants[text]}
  if (words.test(text) && !ambiguous.test(text)) return {root: text}
  return [{...nowhere, path: '', found: quoted(text), wanted: 'one number or word, such as 5, 20m, 25% or edge.3'}]
}
