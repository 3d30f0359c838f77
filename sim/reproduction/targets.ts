import {r1} from './r1-capacity.ts'
import {r2} from './r2-handshakes.ts'
import {r3} from './r3-new-connections.ts'
import {r4} from './r4-protocols.ts'
import {r5} from './r5-idle-cpu.ts'
import {r6} from './r6-publishes.ts'
import {r7} from './r7-misrouted-packets.ts'
import {r8} from './r8-partial-post-replay.ts'
import {r9} from './r9-proxy-errors.ts'
import {r10} from './r10-restarted-and-not.ts'
import {r11} from './r11-release-time.ts'
import {r12} from './r12-release-at-peak.ts'
import {r13} from './r13-overhead.ts'
import {r14} from './r14-forwarding-load.ts'
import {r15} from './r15-steering.ts'
import {r16} from './r16-ring-collateral.ts'
import type {Absent, Target} from './target.ts'

/** Everything that is to be reproduced, in order. */
export const targets: readonly (Target | Absent)[] = [
  r1,
  r2,
  r3,
  r4,
  r5,
  r6,
  r7,
  r8,
  r9,
  r10,
  r11,
  r12,
  r13,
  r14,
  r15,
  r16,
]

export const isSimulated = (it: Target | Absent): it is Target => 'arms' in it
