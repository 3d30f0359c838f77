import type {Observed} from './observed.ts'

/** A: the value was seen in a source. B: the direction is certain, the size is from memory. C: all is from memory. */
export type Strength = 'A' | 'B' | 'C'

export interface Published {
  /** What was published, in words. */
  readonly says: string
  /** Whether somebody saw it in a source, or recalls it. */
  readonly standing: 'seen' | 'recalled'
  /** Where it was seen, or where it is recalled from. */
  readonly source: string
}

/** What is to be reproduced, and is known by its id: figure numbers of the paper are uncertain. */
export interface Subject {
  readonly id: `R${number}`
  /** What is measured. */
  readonly title: string
  readonly published: Published
  readonly strength: Strength
}

/** One run of a replication. Whatever it needs stands in its scenario file; it only says what it compares. */
export interface Arm {
  /** The name of a shipped scenario. */
  readonly scenario: string
  /** In the place of the scenario's own. */
  readonly strategy?: string
  /** The one thing that sets it apart from the other arms, as after `--set`. */
  readonly set?: readonly string[]
}

/** A number over something else, as over time. The places at which it is known are the same in every replication. */
export interface Curve {
  readonly at: readonly number[]
  readonly value: readonly number[]
}

/** What one replication shows, in the units of the claims and figures that speak of it. */
export interface Reading {
  readonly numbers: Readonly<Record<string, number>>
  readonly curves: Readonly<Record<string, Curve>>
}

/** What a simulation must show of one number to count as a reproduction; bounds belong to it. */
export interface Claim {
  /** What the number is, in words. */
  readonly about: string
  /** Its name in readings. */
  readonly number: string
  readonly unit: string
  /** Decimals that are worth printing. */
  readonly digits: number
  /** The value that was published, if one was; in words where that is not one number. */
  readonly published?: number | string
  readonly atLeast?: number
  readonly atMost?: number
  /** Where it is not that of the target. */
  readonly strength?: Strength
}

interface FigureText {
  readonly title: string
  /** One sentence: what one sees. */
  readonly caption: string
}
export interface Axis {
  /** What it shows, and its unit. */
  readonly label: string
  readonly from?: number
  readonly to?: number
  readonly scale?: 'log'
}

/** Curves over something, each a mean over replications with its interval, beside points that were published. */
export interface CurveFigure extends FigureText {
  readonly kind: 'curves'
  readonly x: Axis
  readonly y: Axis
  readonly lines: readonly {readonly label: string; readonly curve: string}[]
  readonly published?: {readonly label: string; readonly points: readonly (readonly [x: number, y: number])[]}
  /** Moments worth a line. */
  readonly marks?: readonly {readonly at: number; readonly label: string}[]
}

/** Numbers one below the other, each a mean with its interval, beside what was published and what is wanted. */
export interface NumberFigure extends FigureText {
  readonly kind: 'numbers'
  readonly x: Axis
  readonly rows: readonly NumberRow[]
}
export interface NumberRow {
  readonly label: string
  readonly number: string
  readonly published?: number
}
export type Figure = CurveFigure | NumberFigure

/** A target that is simulated. */
export interface Target<Name extends string = string> extends Subject {
  /** The runs of one replication, all with the same seed, so that they differ by nothing but what they compare. */
  readonly arms: Readonly<Record<Name, Arm>>
  read(this: void, runs: Readonly<Record<Name, Observed>>, seed: number): Reading
  readonly claims: readonly Claim[]
  readonly figures: readonly Figure[]
  /** What would have to be shown too, and cannot be. */
  readonly lacks?: string
  /** What a reader should know of how the simulation and the published value differ. */
  readonly remark?: string
}

/** A target that nothing is claimed of yet. */
export interface Absent extends Subject {
  /** What the simulator would have to have. */
  readonly missing: string
}

/** Only infers the names of the arms. */
export const target = <const Name extends string>(it: Target<Name>): Target => it as unknown as Target
