declare module 'seedrandom/lib/alea.js' {
  /** A generator's state: three numbers in [0, 1), multiples of 2^-32, and a carry, a whole number. */
  interface State {
    readonly s0: number
    readonly s1: number
    readonly s2: number
    readonly c: number
  }
  /** Baagøe's Alea: each call gives a number in [0, 1), a multiple of 2^-32. */
  export default function alea(seed: string, options?: {state: true}): {(): number; state(): State}
}
