import type {Cause} from '../../net/events.ts'
import {nobodyInRotation, ringChanges} from './balancer.ts'
import {type Case, type Finding, nothing} from './case.ts'
import {requestsHeld} from './holds.ts'
import {
  anotherDrains,
  anotherEnds,
  anotherReads,
  idleTooLong,
  nobodyReads,
  processDrains,
  processEnds,
  queueCloses,
  tooOld,
} from './processes.ts'
import {versionIsGone} from './release.ts'
import {behindAlter, columnIsAbsent, databaseIsFull} from './schema.ts'
import {hostIsDead, nobodyAnswers, nobodyListens, nobodyServes} from './silence.ts'
import {handedOver, replicasAway} from './store.ts'

/** Who is to blame for each cause, as far as a trace can tell (docs/model.md, "How things end"). */
const finders: Readonly<Record<Exclude<Cause, 'done'>, (it: Case) => Finding>> = {
  'no-listener': nobodyListens,
  'accept-queue-closed': queueCloses,
  killed: processEnds,
  'killed-at-drain-end': processEnds,
  'closed-by-drain': processDrains,
  'idle-close-race': processDrains,
  'idle-timeout-race': idleTooLong,
  'server-killed': anotherEnds,
  'proxy-killed': anotherEnds,
  'server-lost': anotherEnds,
  'connect-refused': anotherDrains,
  'post-unfinished': anotherDrains,
  'unexpected-status': anotherDrains,
  'replay-exhausted': anotherDrains,
  'replay-miscounted': anotherDrains,
  'broken-framing': anotherDrains,
  'gave-up': behindAlter,
  'request-timeout': behindAlter,
  'connect-timeout': nobodyAnswers,
  'accept-queue-full': nobodyAnswers,
  'queue-full': nobodyAnswers,
  'held-too-long': requestsHeld,
  'backend-down': requestsHeld,
  'front-timeout': requestsHeld,
  'drain-timeout': anotherDrains,
  'dead-host': hostIsDead,
  'no-host': nobodyInRotation,
  'no-server': nobodyServes,
  'read-only': handedOver,
  loading: handedOver,
  'no-replicas': replicasAway,
  'schema-error': columnIsAbsent,
  'no-connection': databaseIsFull,
  'forgotten-by-l4lb': ringChanges,
  'unknown-connection': anotherReads,
  'packets-lost': nobodyReads,
  'asset-gone': versionIsGone,
  'job-lost': processEnds,
  'goaway-race': tooOld,
  'max-age': tooOld,
  evicted: processDrains,
}

export const findingOf = (cause: Cause | undefined, it: Case): Finding =>
  finders[cause as keyof typeof finders]?.(it) ?? nothing
