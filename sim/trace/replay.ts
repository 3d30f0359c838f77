import type {Time} from '../engine/time.ts'
import {Frame} from './frame.ts'
import type {Trace} from './trace.ts'
import type {WorldState} from './world-state.ts'

/**
 * States of the world, by folding a trace from its beginning. Checkpoints on the way make any state cost at most `every`
 * steps, each a control event or a disruption.
 *
 *     steps        ─┬──┬─┬┬───┬─┬──┬┬───┬──┬─►        t
 *     checkpoints   0        ●        ●    ·          │
 *     seek(t)                         └──► forward ───┘
 */
export class Replay {
  private readonly trace: Trace
  private readonly checkpoints: Frame[]

  constructor(trace: Trace, every = 1000) {
    this.trace = trace
    const frame = new Frame(trace)
    this.checkpoints = [frame.copy()]
    for (let steps = 1; frame.step(trace.end); steps++) if (steps % every === 0) this.checkpoints.push(frame.copy())
  }

  /** The state at an instant. It is the caller's own: no later seek changes it. */
  seek(at: Time): WorldState {
    const frame = this.checkpointBefore(at).copy()
    while (frame.step(at));
    return frame.state(at, this.trace)
  }

  /** The last checkpoint whose last step is not after `at`. */
  private checkpointBefore(at: Time): Frame {
    let low = 0
    let high = this.checkpoints.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (this.checkpoints[middle]!.at <= at) low = middle
      else high = middle
    }
    return this.checkpoints[low]!
  }
}
