import type {Axis} from './axis.ts'
import {DesignMistake} from './mistake.ts'

/** A value for each axis, in the order of the axes. */
export type Point = readonly string[]

/** How points are laid over axes. */
export type Design = {readonly kind: 'grid'}

export const mostPoints = 100_000

export const grid: Design = {kind: 'grid'}

/** The points of a design, always the same for the same seed; of a grid the last axis goes round first. */
export function pointsOf(_design: Design, axes: readonly Axis[], _seed: number): readonly Point[] {
  return gridOver(axes)
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
