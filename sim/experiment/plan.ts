import {type Cell, type Choice, cellOf, type ScenarioText} from './cell.ts'
import {type Axis, axisOf} from './design/axis.ts'
import {designOf, type Point, pointsOf} from './design/design.ts'
import {DesignMistake} from './design/mistake.ts'

/** What a sweep is to find out, as plain data. */
export interface Ask {
  readonly scenario: ScenarioText
  /** Set over the scenario before anything is varied. */
  readonly set: readonly string[]
  /** As `path=a,b,c` or `path=from..to:n`. */
  readonly vary: readonly string[]
  /** As `grid`, `latin:64` or `sobol:64`. */
  readonly design: string
  /** Null stands for the scenario as it is written. */
  readonly strategies: readonly (Choice | null)[]
  /** The first of the seeds, which are the same at every point. */
  readonly seed: number
  readonly replications: number
  /** What to show of it; it has no part in the runs. */
  readonly measures: readonly string[]
}

/** A cell of a sweep, and where it stands in it. */
export interface Planned {
  readonly cell: Cell
  /** Place among the strategies. */
  readonly way: number
  /** Place among the points. */
  readonly point: number
  readonly seed: number
}

export interface Plan {
  readonly axes: readonly Axis[]
  readonly points: readonly Point[]
  /** By strategy, then by point, then by seed. */
  readonly cells: readonly Planned[]
}

export const mostCells = 200_000

/** All that a sweep has to run. Throws a DesignMistake. */
export function planOf(ask: Ask): Plan {
  const {strategies, vary, design, seed, replications} = ask
  const axes = vary.map(axisOf)
  checkPaths(axes)
  const points = pointsOf(designOf(design), axes, seed)
  const count = points.length * strategies.length * replications
  if (count > mostCells)
    throw new DesignMistake(`that makes ${count} runs, more than the ${mostCells} that there may be`)
  return {axes, points, cells: cellsOf(ask, axes, points)}
}

function cellsOf(
  {scenario, set, strategies, seed, replications}: Ask,
  axes: readonly Axis[],
  points: readonly Point[],
) {
  const sets = points.map(point => [...set, ...assignments(axes, point)])
  return strategies.flatMap((strategy, way) =>
    sets.flatMap((set, point) =>
      Array.from({length: replications}, (_, i): Planned => {
        const place = {way, point, seed: seed + i}
        return {...place, cell: cellOf({scenario, strategy, set, seed: place.seed})}
      }),
    ),
  )
}

/** A point as `path=value`. */
export const assignments = (axes: readonly Axis[], point: Point): string[] =>
  axes.map(({path}, i) => `${path}=${point[i]}`)

function checkPaths(axes: readonly Axis[]): void {
  const paths = axes.map(({path}) => path)
  const twice = paths.find((path, i) => paths.indexOf(path) !== i)
  if (twice !== undefined) throw new DesignMistake(`--vary ${twice} is given twice; its values make one list`)
}
