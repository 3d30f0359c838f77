/**
 * What a QUIC server does with a packet that it reads, in user space, by the packet's destination connection ID. After
 * mvfst (`QuicServerWorker.cpp`, `QuicServerPacketRouter.cpp`, `DefaultConnectionIdAlgo.h`).
 */

/** What a server writes into the connection IDs that it issues. */
export interface ConnectionId {
  /** 16 or 24 bits, by the version of the layout. */
  readonly host: number
  /** 8 bits: the worker thread that has the connection. */
  readonly worker: number
  /** One bit, which changes with every start of the server on this host: so it tells no more than two processes apart. */
  readonly process: number
}

export interface Packet {
  readonly header: 'initial' | 'zero-rtt' | 'handshake' | 'short'
  /** Undefined while the client still uses the one that it chose itself, or if its layout is of a version nobody knows. */
  readonly id: ConnectionId | undefined
  /** The ID is a server's, in a layout of another version. */
  readonly foreign?: boolean
  /** Another process of this host has passed it on. */
  readonly forwarded: boolean
}

/** Who has read it. */
export interface Reader {
  readonly host: number
  readonly process: number
  /** There is somebody to pass packets on to. */
  readonly forwards: boolean
  /** Whether it has the connection, by its ID, or by the client's address and the ID that the client chose. */
  readonly knows: boolean
}

/**
 * deliver             to the connection
 * create              a connection, here
 * buffer              until its Initial is there
 * forward             to the other process of this host
 * drop                and say nothing
 * wrong-host · unknown · cannot-forward
 *                     drop, and send a stateless reset (RFC 9000, 10.3)
 */
export type Decision =
  | 'deliver'
  | 'create'
  | 'buffer'
  | 'forward'
  | 'drop'
  | 'wrong-host'
  | 'unknown'
  | 'cannot-forward'

export function decide(packet: Packet, reader: Reader): Decision {
  const mayForward = reader.forwards && !packet.forwarded
  if (packet.foreign) return mayForward ? 'forward' : 'drop'
  if (reader.knows) return 'deliver'
  if (packet.header === 'zero-rtt') return 'buffer'
  if (packet.header === 'initial') return 'create'
  if (packet.id === undefined || packet.id.host !== reader.host) return 'wrong-host'
  if (packet.id.process === reader.process) return 'unknown'
  return mayForward ? 'forward' : 'cannot-forward'
}
