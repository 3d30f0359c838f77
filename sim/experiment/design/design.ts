import {Random} from '../../engine/random.ts'
import type {Axis} from './axis.ts'
import {latin} from './latin.ts'
import {DesignMistake} from './mistake.ts'
import {mostDimensions, sobol} from './sobol.ts'

/** A value for each axis, in the order of the axes. */
export type Point = readonly string[]

/** How points are laid over axes: each value with each other, or so many points that fill the space. */
export type Design = {readonly kind: 'grid'} | {readonly kind: 'latin' | 'sobol'; readonly count: number}

export const mostPoints = 100_000

/** Reads `grid`, `latin:64` or `sobol:64`. Throws a DesignMistake. */
export function designOf(text: string): Design {
  if (text === 'grid') return {kind: 'grid'}
  const [, kind, digits] = /^(latin|sobol):(\d{1,9})$/.exec(text) ?? []
  const count = Number(digits)
  if (kind !== undefined && count >= 1 && count <= mostPoints) return {kind: kind as 'latin' | 'sobol', count}
  throw new DesignMistake(
    `there is no design '${text}'; there are grid, latin:N and sobol:N, with N from 1 to ${mostPoints}`,
  )
}

/** The points of a design, always the same for the same seed; of a grid the last axis goes round first. */
export function pointsOf(design: Design, axes: readonly Axis[], seed: number): readonly Point[] {
  if (design.kind === 'grid') return gridOver(axes)
  if (design.kind === 'sobol' && axes.length > mostDimensions)
    throw new DesignMistake(`a Sobol sequence is for at most ${mostDimensions} axes; latin:N is for any number`)
  const random = new Random(`${seed} design ${design.kind}`)
  const shares = (design.kind === 'latin' ? latin : sobol)(design.count, axes.length, random)
  return shares.map(point => point.map((share, i) => axes[i]!.at(share)))
}

function gridOver(axes: readonly Axis[]): readonly Point[] {
  const levels = axes.map(({path, levels}) => levels ?? missing(path))
  const size = levels.reduce((product, {length}) => product * length, 1)
  if (size > mostPoints)
    throw new DesignMistake(`the grid has ${size} points, more than the ${mostPoints} that there may be`)
  return levels.reduce<readonly Point[]>(
    (points, axis) => points.flatMap(point => axis.map(level => [...point, level])),
    [[]],
  )
}

function missing(path: string): never {
  throw new DesignMistake(`a full grid wants to know how many values ${path} has: from..to:5`)
}
