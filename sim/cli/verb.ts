import type {InferredOptionTypes, Options} from 'yargs'

type Named = Readonly<Record<string, Options>>

/** One thing that the command line can do. */
export interface Verb<O extends Named = Named> {
  /** The verb and its arguments as the help shows them: <one>, [maybe one], <one or more..>. */
  readonly usage: string
  readonly summary: string
  /** The arguments that `usage` names, and the options. */
  readonly takes: O
  /** Complete lines, and what each is for. */
  readonly examples: readonly (readonly [line: string, purpose: string])[]
  /** Throws a UserError at what does not go together. */
  check?(args: InferredOptionTypes<O>): void
  /** Does it and gives the exit code. What is slow to load is imported in here, so that help is quick. */
  perform(args: InferredOptionTypes<O>): Promise<number>
}

/** Only infers the types of what a verb takes. */
export const verb = <const O extends Named>(it: Verb<O>): Verb<O> => it

export const nameOf = (verb: {readonly usage: string}) => verb.usage.split(' ')[0]!
