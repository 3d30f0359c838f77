import type {Report} from '../../sim/metrics/report.ts'
import type {Observer} from '../../sim/net/events.ts'
import type {World} from '../../sim/net/world.ts'
import {run} from '../../sim/run.ts'
import {type Play, scenario} from '../harness.ts'

const blind: Observer = {
  control() {},
  started() {},
  opened() {},
  closed() {},
  reconnects() {},
  packet() {},
  message() {},
  post() {},
  published() {},
  ended() {},
}

/** What a test looks at while a run goes on; who needs to know the world can ask for it as soon as time passes. */
type Eyes = Partial<Observer> | ((world: () => World) => Partial<Observer>)

/** Runs what `play` runs with somebody who watches, and gives the report and the world as it is at the end. */
export function watch(it: Play, seed: number, eyes: Eyes): {report: Report; world: World} {
  let world!: World
  const seen = typeof eyes === 'function' ? eyes(() => world) : eyes
  const attach = (built: World) => {
    world = built
  }
  const {report} = run(scenario(it), {seed, witnesses: [{...blind, ...seen, attach}]})
  return {report, world}
}
