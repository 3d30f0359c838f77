/** A hundred proxies with so many long-lived connections, released in batches of a tenth with drains of twenty minutes. */
export const fleetOf = (connections: number): string => `title: So many connections
question: What does one of them cost?
end: 2h
tiers:
  edge: {kind: proxy, hosts: 100, boot: 8s, behind: {l4lb: {hosts: 4}}}
traffic:
  chat: {kind: websocket, to: edge, connections: ${connections}, lifetime: {exponential: 1h}, message: 30s}
release:
  edge: {strategy: socket-takeover, at: 2m, options: {batch: 20%, drainTimeout: 20m}}
`

/** Short requests of so many users a second at a hundred proxies and fifty servers, for an hour and a half. */
export const requestsOf = (perSecond: number): string => `title: So many requests
question: What does one of them cost?
end: 90m
tiers:
  edge: {kind: proxy, hosts: 100, boot: 8s, cpu: {handshake: 200us}, behind: {l4lb: {hosts: 4}}, upstream: {to: app}}
  app: {kind: server, hosts: 100}
traffic:
  web: {kind: http, to: app, rate: ${perSecond}/s, service: {exponential: 1ms}}
release:
  edge: {strategy: socket-takeover, at: 5m, options: {batch: 10%, drainTimeout: 5m}}
`
