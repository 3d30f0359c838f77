/**
 * Tables of Marsaglia and Tsang's ziggurat (J. Stat. Software 5(8), 2000) with 256 layers of equal area.
 *
 * `edges[i]` is the right edge of layer i, from the base strip (which stands for the tail too) down to 0; `heights[i]` is
 * the density there.
 */
export interface Ziggurat {
  /** Where the tail begins. */
  readonly tail: number
  readonly edges: Float64Array
  readonly heights: Float64Array
}

const layers = 256

function ziggurat(
  tail: number,
  area: number,
  density: (x: number) => number,
  inverse: (y: number) => number,
): Ziggurat {
  const edges = new Float64Array(layers + 1)
  const heights = new Float64Array(layers + 1)
  edges[0] = area / density(tail)
  edges[1] = tail
  for (let i = 2; i < layers; i++) edges[i] = inverse(density(edges[i - 1]!) + area / edges[i - 1]!)
  edges[layers] = 0
  for (let i = 0; i <= layers; i++) heights[i] = density(edges[i]!)
  return {tail, edges, heights}
}

/** Of the density exp(-x). Tail and area are the solution for 256 layers. */
export const exponentialZiggurat = ziggurat(
  7.69711747013105,
  3.949659822581572e-3,
  x => Math.exp(-x),
  y => -Math.log(y),
)

/** Of the density exp(-x^2 / 2), x >= 0. */
export const normalZiggurat = ziggurat(
  3.6541528853610088,
  4.92867323399e-3,
  x => Math.exp(-0.5 * x * x),
  y => Math.sqrt(-2 * Math.log(y)),
)
