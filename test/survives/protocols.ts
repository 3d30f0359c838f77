import {fixed, forever, uniform} from '../../sim/engine/distributions.ts'
import {millis, minutes, seconds} from '../../sim/engine/time.ts'
import type {Cause} from '../../sim/net/events.ts'
import type {WorkloadOptions} from '../../sim/net/options.ts'
import {http, keepAlive, mqtt, quic, uploads, websockets} from '../harness.ts'

/** Something that is to survive a restart: a column of a table. */
export interface Protocol {
  readonly title: string
  /** Who brings it about. Two columns may look at the same clients. */
  readonly workload: string
  readonly traffic: WorkloadOptions
  /** Whether what is lost is told as a share of what the restarted processes held, or as a number. */
  readonly counts: 'share' | 'number'
  /** It comes through other proxies first, whose processes its connections end at. */
  readonly behind?: boolean
  /** Whether an end by this cause is its loss. */
  readonly loses: (cause: Cause) => boolean
}

/** No connection came about. */
const connecting: readonly Cause[] = [
  'no-listener',
  'accept-queue-closed',
  'accept-queue-full',
  'connect-timeout',
  'no-host',
  'dead-host',
]
const any = (cause: Cause) => cause !== 'done'
const every = seconds(10)

/** 200 a second while most releases do what they do to listeners, then few. */
const short = (to: string) =>
  http(to, 0, {
    service: fixed(millis(50)),
    rate: {
      kind: 'points',
      points: [
        {at: 0, perSecond: 200},
        {at: minutes(1), perSecond: 200},
        {at: minutes(1) + seconds(1), perSecond: 2},
      ],
    },
  })

const upload = (to: string) => uploads(to, 3, {duration: uniform(seconds(5), seconds(40)), bandwidth: 1_000_000})

export const protocols: readonly Protocol[] = [
  {
    title: 'new connections',
    workload: 'short',
    traffic: short('edge'),
    counts: 'number',
    loses: cause => connecting.includes(cause),
  },
  {
    title: 'short requests',
    workload: 'short',
    traffic: short('edge'),
    counts: 'number',
    loses: cause => any(cause) && !connecting.includes(cause),
  },
  {
    title: 'keep-alive requests',
    workload: 'pool',
    traffic: keepAlive('edge', 100, 5, {service: fixed(millis(5))}),
    counts: 'number',
    loses: any,
  },
  {
    title: 'uploads of 5 to 40 s',
    workload: 'upload',
    traffic: upload('edge'),
    counts: 'share',
    loses: any,
  },
  {
    title: 'WebSockets of a minute',
    workload: 'chat',
    traffic: websockets('edge', 100, fixed(minutes(1)), {message: every}),
    counts: 'share',
    loses: any,
  },
  {
    title: 'WebSockets without end',
    workload: 'feed',
    traffic: websockets('edge', 100, forever, {message: every}),
    counts: 'share',
    loses: any,
  },
  {
    title: 'QUIC of a minute',
    workload: 'quic',
    traffic: quic('edge', 100, fixed(minutes(1))),
    counts: 'share',
    loses: any,
  },
  {
    title: 'MQTT through it',
    workload: 'mqtt',
    traffic: mqtt('broker', 100, {via: 'pop'}),
    counts: 'share',
    behind: true,
    loses: any,
  },
]

/** What comes to servers through proxies, which nothing happens to. */
export const served: readonly Protocol[] = [
  {title: 'short requests', workload: 'short', traffic: short('app'), counts: 'number', loses: any},
  {
    title: 'uploads of 5 to 40 s',
    workload: 'upload',
    traffic: upload('app'),
    counts: 'share',
    behind: true,
    loses: any,
  },
  {
    title: 'WebSockets of a minute',
    workload: 'chat',
    traffic: websockets('app', 100, fixed(minutes(1)), {message: every}),
    counts: 'share',
    behind: true,
    loses: any,
  },
]
