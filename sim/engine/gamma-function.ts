/** Lanczos' coefficients for g = 7, n = 9 (Godfrey), good to 15 digits. */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** ln Γ(x) for x > 0. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const y = x - 1
  let sum = lanczos[0]!
  for (let i = 1; i < lanczos.length; i++) sum += lanczos[i]! / (y + i)
  const t = y + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(sum)
}

/** The regularised upper incomplete gamma function Q(a, x): the chance that a gamma variate of shape a exceeds x. */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1
  if (x === Infinity) return 0
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x)
}

/** Φ(-x): the chance that a normal variate exceeds x. */
export function normalSurvival(x: number): number {
  const half = 0.5 * upperGamma(0.5, 0.5 * x * x)
  return x >= 0 ? half : 1 - half
}

/** x^a e^-x / Γ(a), the factor that both expansions share. */
const prefactor = (a: number, x: number): number => Math.exp(a * Math.log(x) - x - logGamma(a))

const enough = 1e-16
/** Far above what either expansion needs on its side of x = a + 1, for every shape below 10^8. */
const mostTerms = 100_000

function lowerSeries(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; n < mostTerms && term > sum * enough; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum * prefactor(a, x)
}

/** Lentz' evaluation of the continued fraction. */
function upperFraction(a: number, x: number): number {
  const tiny = 1e-300
  let b = x + 1 - a
  let c = 1 / tiny
  let d = 1 / b
  let h = d
  for (let i = 1; i < mostTerms; i++) {
    const an = -i * (i - a)
    b += 2
    d = 1 / nonZero(an * d + b, tiny)
    c = nonZero(b + an / c, tiny)
    h *= d * c
    if (Math.abs(d * c - 1) < 4 * enough) break
  }
  return h * prefactor(a, x)
}

const nonZero = (x: number, tiny: number): number => (Math.abs(x) < tiny ? tiny : x)
