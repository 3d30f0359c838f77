import type {Host} from './host.ts'

/** What the processes of a host take, its connections, what leaked into its sockets and its data: bytes. */
export function memoryOf({options, processes, connections, udp, node}: Host): number {
  const {process, connection} = options.memory
  return processes.length * process + connections * connection + (udp?.leaked ?? 0) + (node?.memory ?? 0)
}
