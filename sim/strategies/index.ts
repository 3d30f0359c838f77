import {blueGreen} from './blue-green.ts'
import {downstreamConnectionReuse} from './downstream-connection-reuse.ts'
import {evacuation} from './evacuation.ts'
import {gracefulDrain} from './graceful-drain.ts'
import {hardRestart} from './hard-restart.ts'
import {l4Restart} from './l4-restart.ts'
import {partialPostReplay} from './partial-post-replay.ts'
import {presets} from './presets.ts'
import {reuseportHandover} from './reuseport-handover.ts'
import {reuseportSteering} from './reuseport-steering.ts'
import {rollingUpdate} from './rolling-update.ts'
import {socketActivation} from './socket-activation.ts'
import {socketTakeover} from './socket-takeover.ts'
import type {Strategy} from './strategy.ts'

/** Every strategy that is shipped, in the order in which a table shows them. */
export const strategies: readonly Strategy[] = [
  hardRestart,
  gracefulDrain,
  reuseportHandover,
  socketActivation,
  socketTakeover,
  reuseportSteering,
  partialPostReplay,
  rollingUpdate,
  blueGreen,
  l4Restart,
  downstreamConnectionReuse,
  evacuation,
] as Strategy[]

/** Whatever a scenario or the command line may name. */
export const known: readonly Strategy[] = [...strategies, ...presets]
export {presets}

/** The ways of one host that most others are measured against. */
export const classics: readonly Strategy[] = [
  hardRestart,
  gracefulDrain,
  reuseportHandover,
  socketTakeover,
] as Strategy[]
