import {describe, expect, test} from 'vitest'
import {decide, type Packet, type Reader} from '../../sim/net/udp/routing.ts'

/** Read by a process with bit 1 on host 7, which does not know the connection and may forward. */
const reader: Reader = {host: 7, process: 1, forwards: true, knows: false}
const packet: Packet = {header: 'short', id: {host: 7, worker: 3, process: 0}, forwarded: false}

const decision = (of: Partial<Packet>, by: Partial<Reader> = {}) => decide({...packet, ...of}, {...reader, ...by})

describe('a packet whose connection ID has a layout that nobody here knows', () => {
  test('is forwarded, but not twice, and not if forwarding is off: then it is dropped without a word', () => {
    expect(decision({foreign: true, id: undefined})).toBe('forward')
    expect(decision({foreign: true, id: undefined, forwarded: true})).toBe('drop')
    expect(decision({foreign: true, id: undefined}, {forwards: false})).toBe('drop')
  })
})

describe('a packet of a connection that the process has', () => {
  test.each(['initial', 'zero-rtt', 'handshake', 'short'] as const)('with a header of kind %s is delivered', header => {
    expect(decision({header}, {knows: true})).toBe('deliver')
    expect(decision({header, forwarded: true}, {knows: true})).toBe('deliver')
  })
})

describe('a packet of a connection that the process does not have', () => {
  test('opens one if it is an Initial, whatever process may have one of the same client', () => {
    expect(decision({header: 'initial', id: undefined})).toBe('create')
  })

  test('waits for its Initial if it is 0-RTT', () => {
    expect(decision({header: 'zero-rtt', id: undefined})).toBe('buffer')
  })

  test.each(['handshake', 'short'] as const)('with a header of kind %s is forwarded to the other process', header => {
    expect(decision({header})).toBe('forward')
  })

  test('is dropped with a reset on the wrong host', () => {
    expect(decision({id: {host: 8, worker: 3, process: 0}})).toBe('wrong-host')
  })

  test('is dropped with a reset if its process bit is that of the reader', () => {
    expect(decision({id: {host: 7, worker: 3, process: 1}})).toBe('unknown')
  })

  test('is dropped with a reset if nothing is forwarded, or it was forwarded before', () => {
    expect(decision({}, {forwards: false})).toBe('cannot-forward')
    expect(decision({forwarded: true})).toBe('cannot-forward')
  })

  test('is first judged by its host, then by its process bit', () => {
    expect(decision({id: {host: 8, worker: 3, process: 1}})).toBe('wrong-host')
    expect(decision({id: {host: 7, worker: 3, process: 1}}, {forwards: false})).toBe('unknown')
  })
})
