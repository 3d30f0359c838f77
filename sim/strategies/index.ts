import {blueGreen} from './blue-green.ts'
import {clientPause} from './client-pause.ts'
import {downstreamConnectionReuse} from './downstream-connection-reuse.ts'
import {dropBeforeCode} from './drop-before-code.ts'
import {dualWrite} from './dual-write.ts'
import {evacuation} from './evacuation.ts'
import {failover} from './failover.ts'
import {gracefulDrain} from './graceful-drain.ts'
import {hardRestart} from './hard-restart.ts'
import {killPrimary} from './kill-primary.ts'
import {l4Restart} from './l4-restart.ts'
import {maintenanceWindow} from './maintenance-window.ts'
import {overlapDeploy} from './overlap-deploy.ts'
import {partialPostReplay} from './partial-post-replay.ts'
import {presets} from './presets.ts'
import {promoteThenSwitch} from './promote-then-switch.ts'
import {renameInOneStep} from './rename-in-one-step.ts'
import {requestPause} from './request-pause.ts'
import {reuseportHandover} from './reuseport-handover.ts'
import {reuseportSteering} from './reuseport-steering.ts'
import {rollingUpdate} from './rolling-update.ts'
import {schemaMigration} from './schema-migration.ts'
import {sentinelFailover} from './sentinel-failover.ts'
import {socketActivation} from './socket-activation.ts'
import {socketTakeover} from './socket-takeover.ts'
import type {Strategy} from './strategy.ts'
import {writableReplica} from './writable-replica.ts'

/** Those that put another primary in the place of a store's. */
const switches = [
  maintenanceWindow,
  promoteThenSwitch,
  writableReplica,
  clientPause,
  failover,
  sentinelFailover,
  killPrimary,
  dualWrite,
] as Strategy[]

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
  overlapDeploy,
  requestPause,
  l4Restart,
  downstreamConnectionReuse,
  ...switches,
  schemaMigration,
  renameInOneStep,
  dropBeforeCode,
  evacuation,
] as Strategy[]

/** Whatever a scenario or the command line may name. */
export const known: readonly Strategy[] = [...strategies, ...presets]
export {presets}

/** The ways of one host that most others are measured against, and all ways of a store. */
export const classics: readonly Strategy[] = [
  hardRestart,
  gracefulDrain,
  reuseportHandover,
  socketTakeover,
  ...switches,
] as Strategy[]
