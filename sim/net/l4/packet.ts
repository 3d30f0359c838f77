import type {Time} from '../../engine/time.ts'
import type {Host} from '../host/host.ts'

/** What the L4 balancer reads in a packet, and what it may remember of the flow that the packet belongs to. */
export interface Packet {
  readonly protocol: 'tcp' | 'udp'
  /** Of the flow's addresses and ports. */
  readonly hash: number
  readonly flag?: 'syn' | 'rst'
  /** The real that the packet itself names, by its number: in its QUIC connection ID, or in the option of TCP. */
  readonly server?: number
  /** The packets before it; absent if it is the first of its flow. */
  readonly flow?: Flow
}

export interface Flow {
  /** When its first packet passed: the SYN of a TCP connection, the Initial of a QUIC connection. */
  readonly first: Time
  /** When the one before this passed. */
  readonly last: Time
  /** The real that this went to, which is what the connection table holds, if it still holds the flow. */
  readonly real: Host
}
