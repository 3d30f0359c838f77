/// <reference path="./alea.d.ts" />
import alea from 'seedrandom/lib/alea.js'
import {assert} from './assert.ts'
import {logGamma} from './gamma-function.ts'
import type {Duration} from './time.ts'
import {exponentialZiggurat, normalZiggurat} from './ziggurat.ts'

/**
 * A stream of random draws: Baagøe's Alea by way of seedrandom, seeded with a text.
 *
 * Exponential and normal variates come from ziggurats, which need no logarithm in 99 draws of 100; they are about three
 * times as fast as the logarithm and free of its last-bit differences between JavaScript engines.
 */
export class Random {
  /** Alea's s0, s1, s2 and carry. */
  readonly #state: Float64Array

  constructor(seed: string) {
    const {s0, s1, s2, c} = alea(seed, {state: true}).state()
    this.#state = Float64Array.of(s0, s1, s2, c)
  }

  /** In [0, 1), a multiple of 2^-32. */
  uniform(): number {
    return this.#next()
  }

  /** In [0, 1), a multiple of 2^-53. */
  fineUniform(): number {
    return this.#next() + ((this.#next() * 0x200000) | 0) * 2 ** -53
  }

  /** A whole number from 0 to `below` - 1. */
  integer(below: number): number {
    assert(below >= 1, () => `there is no whole number from 0 and below ${below}`)
    return Math.floor(this.fineUniform() * below)
  }

  chance(probability: number): boolean {
    return this.#next() < probability
  }

  /** Exponential with that mean, in whole microseconds. An infinite mean gives Infinity. */
  exponential(mean: Duration): Duration {
    // Math.round would cost as much again as the variate.
    return Math.floor(this.exponentialFloat() * mean + 0.5)
  }

  /** Exponential with mean 1. */
  exponentialFloat(): number {
    const {edges} = exponentialZiggurat
    const bits = (this.#next() * 2 ** 32) | 0
    const layer = bits & 255
    const x = ((bits >>> 8) + 0.5) * 2 ** -24 * edges[layer]!
    // The plus tells V8 that both are numbers: without it each draw is boxed, and M/M/1 takes a tenth longer.
    return x < edges[layer + 1]! ? x : +this.#exponentialBeyond(layer, x)
  }

  /** For the one draw in a hundred that is not inside its layer; apart, so that the others are inlined. */
  #exponentialBeyond(layer: number, x: number): number {
    const {tail, edges, heights} = exponentialZiggurat
    let base = 0
    for (;;) {
      // The tail of an exponential is an exponential again.
      if (layer === 0) base += tail
      else if (this.#under(heights, layer, Math.exp(-x))) return base + x
      const bits = this.#bits()
      layer = bits & 255
      x = ((bits >>> 8) + 0.5) * 2 ** -24 * edges[layer]!
      if (x < edges[layer + 1]!) return base + x
    }
  }

  /** Normal with mean 0 and variance 1. */
  normal(): number {
    const {edges, heights} = normalZiggurat
    for (;;) {
      const bits = this.#bits()
      const layer = bits & 255
      const x = ((bits >> 8) + 0.5) * 2 ** -23 * edges[layer]!
      if (Math.abs(x) < edges[layer + 1]!) return x
      if (layer === 0) return x < 0 ? -this.#normalTail() : this.#normalTail()
      if (this.#under(heights, layer, Math.exp(-0.5 * x * x))) return x
    }
  }

  /** Gamma with that shape and scale 1 (Marsaglia and Tsang 2000). */
  gamma(shape: number): number {
    assert(shape > 0, () => `a gamma variate has a shape above 0, not ${shape}`)
    if (shape < 1) return this.gamma(shape + 1) * Math.exp(-this.exponentialFloat() / shape)
    const d = shape - 1 / 3
    const c = 1 / Math.sqrt(9 * d)
    for (;;) {
      const x = this.normal()
      const v = (1 + c * x) ** 3
      if (v <= 0) continue
      // Comparing with an exponential is comparing with the logarithm of a uniform.
      if (this.exponentialFloat() > d * (v - 1 - Math.log(v)) - 0.5 * x * x) return d * v
    }
  }

  /** Poisson, exact for any mean and of constant cost: transformed rejection (Hörmann 1993, PTRS) from 10 upwards. */
  poisson(mean: number): number {
    assert(mean >= 0 && mean < Infinity, () => `a Poisson mean is finite and not negative, not ${mean}`)
    return mean < 10 ? this.#arrivals(mean) : this.#transformedRejection(mean)
  }

  pick<T>(items: readonly T[]): T {
    assert(items.length > 0, 'there is nothing to pick from')
    return items[this.integer(items.length)]!
  }

  /** The same items in random order (Fisher and Yates); `items` stays as it is. */
  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items]
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = this.integer(i + 1)
      const item = shuffled[i]!
      shuffled[i] = shuffled[j]!
      shuffled[j] = item
    }
    return shuffled
  }

  /** As seedrandom's own, but without its boxes: a field that is a fraction lies in one of its own. */
  #next(): number {
    const state = this.#state
    const t = 2091639 * state[0]! + state[3]! * 2 ** -32
    const carry = t | 0
    const next = t - carry
    state[0] = state[1]!
    state[1] = state[2]!
    state[2] = next
    state[3] = carry
    return next
  }

  #bits(): number {
    return (this.#next() * 2 ** 32) | 0
  }

  /** Whether a point at random in the wedge of a layer lies under the density. */
  #under(heights: Float64Array, layer: number, density: number): boolean {
    return heights[layer]! + this.#next() * (heights[layer + 1]! - heights[layer]!) < density
  }

  /** Beyond the last edge of the ziggurat (Marsaglia 1964), from two exponentials. */
  #normalTail(): number {
    const {tail} = normalZiggurat
    for (;;) {
      const x = this.exponentialFloat() / tail
      if (2 * this.exponentialFloat() >= x * x) return tail + x
    }
  }

  /** Arrivals of a Poisson process of rate 1 by the time `mean`. */
  #arrivals(mean: number): number {
    let count = 0
    for (let at = this.exponentialFloat(); at <= mean; at += this.exponentialFloat()) count++
    return count
  }

  #transformedRejection(mean: number): number {
    const b = 0.931 + 2.53 * Math.sqrt(mean)
    const a = -0.059 + 0.02483 * b
    const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
    const sure = 0.9277 - 3.6224 / (b - 2)
    for (;;) {
      const u = this.fineUniform() - 0.5
      const v = this.fineUniform()
      const us = 0.5 - Math.abs(u)
      const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43)
      if (us >= 0.07 && v <= sure) return k
      if (k < 0 || (us < 0.013 && v > us)) continue
      const left = Math.log((v * inverseAlpha) / (a / (us * us) + b))
      if (left <= k * Math.log(mean) - mean - logGamma(k + 1)) return k
    }
  }
}
