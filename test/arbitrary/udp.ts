import fc from 'fast-check'
import {millis, seconds} from '../../sim/engine/time.ts'
import type {UdpOptions} from '../../sim/net/options.ts'

/** UDP sockets of any kind. */
export const udp: fc.Arbitrary<UdpOptions> = fc.record({
  sockets: fc.constantFrom(1, 2, 8),
  packet: fc.constantFrom(0, 5, millis(1)),
  forward: fc.constantFrom(0, 10, millis(1)),
  buffer: fc.constantFrom(1_000, 0, 3),
  workerId: fc.boolean(),
  serverId: fc.boolean(),
  statelessReset: fc.boolean(),
})

/** What sessions over QUIC have that others have not. */
export const packets = {
  packet: fc.constantFrom(seconds(5), millis(200), seconds(1)),
  idleTimeout: fc.constantFrom(seconds(60), seconds(10)),
  zeroRtt: fc.boolean(),
}
