declare module 'seedrandom/lib/alea.js' {
  /** Baagøe's Alea: each call gives a number in [0, 1), a multiple of 2^-32. */
  export default function alea(seed: string): () => number
}
