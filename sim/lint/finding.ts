import type {Subject} from './subject.ts'

/** error: it will break something; warning: it will under some load or luck; note: a number that one should know. */
export const severities = ['error', 'warning', 'note'] as const
export type Severity = (typeof severities)[number]

/** One of the values that do not go together. */
export interface Fact {
  /** As after `--set`: `release.edge.options.preStop`. */
  readonly path: string
  /** The value, or what follows from it, in words. */
  readonly value: string
}

/** What a rule found in one place. */
export interface Trouble {
  readonly found: readonly Fact[]
  /** What will come of it, in one sentence. */
  readonly reason: string
  /** Values as after `--set` with which this rule finds nothing here any more; none where no value would do. */
  readonly fix: readonly string[]
}

/** The same with the rule that found it. */
export interface Finding extends Trouble {
  readonly rule: string
  readonly severity: Severity
  /** Where others met it, or the document that says so. */
  readonly evidence: string
}

/** Something that holds of timers and sizes unless something breaks. */
export interface Rule {
  readonly name: string
  /** What should hold, in one sentence. */
  readonly wants: string
  readonly severity: Severity
  readonly evidence: string
  /** Where it does not hold. */
  find(this: void, subject: Subject): readonly Trouble[]
}
