/** What `zdr init` writes: a scenario that says of every choice what else there is. */
export const starter = `# A scenario for zdr. Try:  npx zdr compare <this file>      npx zdr run <this file> --strategy hard-restart
#
# Editors complete and check keys if the line below leads to the schema (npx zdr schema > scenario.schema.json).
# yaml-language-server: $schema=scenario.schema.json

title: My release
question: Who notices when the proxies get a new version?

# Every time, rate, size and share has its unit: 250us 5ms 30s 20m 2h 1d 1h30m, 400/s 30/m, 512MiB, 20%.
end: 40m
seed: 1

tiers:
  edge:
    kind: proxy # ends the connections of clients, and passes requests on
    hosts: 5
    cores: 4
    boot: 8s # or a law such as {uniform: {from: 5s, to: 20s}}, or {time: 8s, warmup: 30s, slowdown: 3}
    link: 20ms # one way, from the clients
    idleClose: at drain # what a draining process does to idle connections; or: on response, {spread: 10s}
    behind: # the L4 balancer that spreads new connections over the hosts
      l4lb: {pick: maglev, hash: 5-tuple, probe: {interval: 5s, timeout: 1s, fall: 3, rise: 2}}
    upstream: {to: app, pick: random, redispatch: 3}
  app:
    kind: server # answers
    hosts: 4
    boot: 15s

traffic:
  # Short requests, each on a connection of its own. 120 in a second, whatever becomes of those before (Poisson).
  web:
    kind: http
    to: app
    rate: 120/s # or {points: [[0s, 60/s], [20m, 240/s]]}, or {day: {mean: 120/s, swing: 50%}}
    service: {exponential: 5ms}
    retry: {attempts: 0} # tries after the first
  # Bodies that take a while to arrive: their length decides how many a drain of some minutes cuts.
  upload:
    kind: upload
    to: app
    rate: 1/s
    duration: {lognormal: {mean: 40s, sigma: 1}} # or {empirical: {file: durations.csv}}, if you have measured it
    service: 5ms
  # People who stay connected, and come back when their connection breaks.
  chat:
    kind: websocket
    to: edge
    connections: 5000
    lifetime: {exponential: 10m} # or forever
    message: 30s
    reconnect: {base: 1s, factor: 2, cap: 1m, jitter: full}

release:
  edge:
    strategy: socket-takeover # npx zdr list shows the others
    at: 1m # halt: 12m would call it off then: the batch under way is finished, and no other begins
    options: {batch: 20%, drainTimeout: 5m} # a fifth of the hosts at a time, or a number of hosts

faults: [] # such as {host-dies: edge.0, at: 5m, lasts: 3m}
changes: [] # such as {adds: edge, hosts: 2, at: 5m}, {removes: edge.0, at: 5m} or {reconnect: chat, at: 5m, jitter: none}

# What should come out: npx zdr run exits with 1 if it does not. Paths are those of npx zdr run --json.
expect:
  # The listening sockets are handed over and never close.
  traffic.web.refused: 0
  # Five batches of one host, each at most 8 s + 5 min, and a second or two to spare.
  release.edge.duration: {atMost: 26m}
  # Below the name of another strategy stands what is expected of that one. A host is gone for 8 s, and its balancer
  # would notice only after the third probe, in 10 to 15 s: 120/s × 1/5 × 8 s × 5 batches = 960 find no listener.
  hard-restart:
    traffic.web.refused: {atLeast: 800}
`
