import {expect, test} from 'vitest'
import {presets, strategies} from '../sim/strategies/index.ts'
import type {Strategy} from '../sim/strategies/strategy.ts'
import {rowOf, serverRowOf} from './survives/matrix.ts'
import {type Protocol, protocols, served} from './survives/protocols.ts'

/** Those that a fleet of proxies can be released with, with no other proxies before it. */
const ways = (all: readonly Strategy[]) =>
  all.filter(({suits, needs}) => suits.includes('proxy') && needs === undefined)

const table = (columns: readonly Protocol[], all: readonly Strategy[], row: (way: Strategy) => string[]) =>
  [
    `| | ${columns.map(({title}) => title).join(' | ')} |`,
    `|---|${columns.map(() => '---').join('|')}|`,
    ...all.map(way => `| \`${way.name}\` | ${row(way).join(' | ')} |`),
  ].join('\n')

/** Those that server tiers are usually released with. */
const serverWays = strategies.filter(({name}) =>
  ['hard-restart', 'graceful-drain', 'socket-takeover', 'partial-post-replay'].includes(name),
)

const text = () => `# What survives

Written by \`npm run survives\` from one run for each row, and held against such runs by the tests.

Two proxies, which answer by themselves, stand behind an L4 balancer that probes them every second (3 failures, 2 successes).
One is released (all are, under \`rolling-update\`, \`blue-green\` and the presets of these) at 10 s; a boot takes 2 s,
a way through the Internet 20 ms. Short requests come at 200 a second for a minute, each on a connection of its own, and take 50 ms;
over 100 keep-alive connections come 5 requests a second. MQTT tunnels have no end; they come over HTTP/2 from
other proxies, and go on to brokers. The run takes 24 minutes, so a drain without a limit has no end
in it.

- **yes**: nothing was lost, which proves little where little is under way, as of keep-alive requests;
- **n lost**: so many requests, of all that came while it lasted;
- **n % cut**: that share of what the processes held that were replaced, when they began to leave. The rest ended by itself.

## Mechanisms

With the defaults of their options; a drain takes 20 minutes at most (socket-activation: 90 s, rolling-update: 30 s, blue-green:
5 minutes).

${table(protocols, ways(strategies), rowOf)}

## Presets

${table(protocols, ways(presets), rowOf)}

A restart that keeps what TCP listens on is not one that keeps QUIC: where the new process binds UDP sockets of its own, the
kernel spreads packets over both (\`reuseport-handover\`, \`envoy\`, \`haproxy\`, \`nginx\`). And none but the clients' own
patience keeps a connection that outlives the drain.

## Servers behind proxies

One of three servers is released, with a drain of 12 seconds, behind two proxies that check them every second and replay
what is handed back with a 379.

${table(served, serverWays, serverRowOf)}
`

test('docs/survives.md says what the runs give', {timeout: 300_000}, async () => {
  await expect(text()).toMatchFileSnapshot('../docs/survives.md')
})

test('passing the sockets loses no new connection, and killing loses all that there is', () => {
  const cells = (name: string) => {
    const row = rowOf(strategies.find(strategy => strategy.name === name)!)
    return Object.fromEntries(protocols.map(({title}, i) => [title, row[i]]))
  }
  expect(cells('socket-takeover')).toMatchObject({'new connections': 'yes', 'WebSockets of a minute': 'yes'})
  expect(cells('hard-restart')).toMatchObject({'WebSockets without end': '100 % cut'})
})
