/** Ten minutes of a hundred proxies, and short enough that the page has it soon. */
export const fleetScenario = `title: A fleet of a hundred
question: How fast does it play?
end: 10m
tiers:
  edge:
    kind: proxy
    hosts: 100
    boot: 8s
    behind: {l4lb: {hosts: 2, probe: {interval: 5s, fall: 3}}}
    upstream: {to: app}
  app: {kind: server, hosts: 10}
traffic:
  web: {kind: http, to: app, rate: 100/s, service: 5ms}
  chat: {kind: websocket, to: edge, connections: 20000, lifetime: {exponential: 5m}}
release:
  edge: {strategy: socket-takeover, at: 30s, options: {batch: 10%, drainTimeout: 40s}}
`
