import {expect, test} from 'vitest'
import {exponential, fixed, forever} from '../../sim/engine/distributions.ts'
import {millis, minutes, seconds} from '../../sim/engine/time.ts'
import {run} from '../../sim/run.ts'
import {becauseOf, briefly} from '../../sim/story/because.ts'
import {
  http,
  http2,
  keepAlive,
  l4lb,
  probe,
  proxies,
  quic,
  release,
  servers,
  udp,
  uploads,
  upstream,
  websockets,
} from '../harness.ts'
import {shipped} from '../shipped.ts'
import {played, rowsOf, toldBy, toldOf} from './told.ts'

const link = {latency: fixed(millis(10)), loss: 0}

const behind = l4lb({probe: probe({interval: seconds(5), fall: 3})})
const chat = websockets('edge', 200, exponential(minutes(10)))

test('killed at drain end: batch, drain, and how old the session was at least', () => {
  const it = played({
    end: minutes(3),
    tiers: {edge: proxies(4, {behind})},
    traffic: {chat},
    release: [release('edge', 'socket-takeover', {batch: 2, drainTimeout: minutes(1)})],
  })
  const row = rowsOf(it, 'killed-at-drain-end').findLast(row => briefly(it, row).includes('at least'))!
  expect(briefly(it, row)).toBe('reset: killed at drain end, batch 2, session at least 2 min 14 s old')
  expect(becauseOf(it, row).steps.map(({text}) => text)).toEqual([
    'its session is there when the run begins',
    'the release of edge begins, by socket-takeover',
    'batch 2 of 2 begins: edge.2 and edge.3',
    expect.stringMatching(/^edge\.[23]#1 takes over the sockets of edge\.[23]#0$/),
    expect.stringMatching(/^edge\.[23]#0 begins to drain$/),
    expect.stringMatching(/^edge\.[23]#0 is killed after a drain of 1 min$/),
    expect.stringMatching(/^reset: killed at drain end, client \d+ of chat on edge\.[23]#0, session at least/),
  ])
})

test('refused, reset in the accept queue and killed by a hard restart', () => {
  const it = played({
    end: seconds(30),
    tiers: {
      edge: proxies(2, {
        behind,
        closeTime: millis(1),
        link,
        boot: {time: fixed(seconds(2)), cores: 0, warmup: 0, slowdown: 1},
      }),
    },
    traffic: {chat, web: http('edge', 200)},
    release: [release('edge', 'hard-restart', {batch: 1})],
  })
  expect(toldBy(it, 'killed')).toContain('10.000 edge.0#0 is killed')
  expect(toldBy(it, 'no-listener')).toContain('10.000 edge.0#0 is killed')
  expect(toldBy(it, 'no-listener').join()).toMatch(/10\.000 nobody listens on edge\.0 for 2\.\d+ s/)
  expect(toldBy(it, 'accept-queue-closed')).toContain('10.000 edge.0#0 is killed')
  expect(briefly(it, rowsOf(it, 'no-listener')[0]!)).toMatch(/^refused: nobody listened, on edge\.0, batch 1, /)
})

test('a reload by SO_REUSEPORT closes a socket with connections in its queue', () => {
  const it = played({
    end: seconds(12),
    tiers: {edge: proxies(1, {link, behind})},
    traffic: {web: http('edge', 2000)},
    release: [release('edge', 'reuseport-handover')],
  })
  expect(toldBy(it, 'accept-queue-closed')).toContain(
    '12.000 edge.0#0 closes its listening socket with connections still in the accept queue',
  )
})

test('a dead host: since when, and for how long it was still believed in', () => {
  const it = played({
    end: minutes(1),
    tiers: {edge: proxies(4, {behind})},
    traffic: {web: http('edge', 50, {connectTimeout: seconds(1)})},
    faults: [{kind: 'host-dies', tier: 'edge', host: 3, at: seconds(20), lasts: seconds(30)}],
  })
  expect(toldBy(it, 'dead-host')[0]).toMatch(
    /^20\.000 edge\.3 loses power for 30 s; it is in rotation for \d+(\.\d)? s more$/,
  )
  expect(briefly(it, 0)).toBe('timed out: host was dead, on edge.3, request 1 s old')
})

test('a host that hangs: nobody accepts, and who waits gives up', () => {
  const it = played({
    end: minutes(1),
    tiers: {edge: proxies(1, {backlog: 1, behind})},
    traffic: {web: http('edge', 50, {connectTimeout: seconds(2), requestTimeout: seconds(3)})},
    faults: [{kind: 'host-stalls', tier: 'edge', host: 0, at: seconds(20), lasts: seconds(10)}],
  })
  const hangs = /^20\.000 edge\.0 accepts nobody for 10 s, for it hangs; it /
  expect(toldBy(it, 'accept-queue-full')[0]).toMatch(hangs)
  expect(toldBy(it, 'request-timeout')[0]).toMatch(hangs)
})

test('no host in rotation: which are out, and since when', () => {
  const it = played({
    end: minutes(1),
    tiers: {edge: proxies(1, {behind: l4lb({probe: probe()})})},
    traffic: {web: http('edge', 50, {connectTimeout: seconds(2)})},
    faults: [{kind: 'host-dies', tier: 'edge', host: 0, at: seconds(20), lasts: seconds(30)}],
  })
  expect(toldBy(it, 'no-host').join()).toMatch(/2\d\.\d+ edge\.0 is out of rotation/)
})

test('a server that is killed takes the requests and tunnels of its proxies with it', () => {
  const it = played({
    end: seconds(30),
    tiers: {edge: proxies(2, {upstream: upstream('app'), behind}), app: servers(2)},
    traffic: {post: uploads('app', 5), chat: websockets('app', 50, forever)},
    release: [release('app', 'hard-restart', {batch: 1})],
  })
  expect(toldBy(it, 'server-killed')).toContain('10.000 app.0#0 is killed')
  expect(toldBy(it, 'server-lost')).toContain('10.000 app.0#0 is killed')
  expect(briefly(it, rowsOf(it, 'server-lost')[0]!)).toMatch(/^failed: server lost \(502\), app\.0#0, batch 1, upload/)
})

test('a proxy in the middle that is killed breaks tunnels that others accepted', () => {
  const it = played({
    end: seconds(30),
    tiers: {
      edge: proxies(2, {upstream: http2('origin'), behind}),
      origin: proxies(2, {upstream: upstream('app'), behind}),
      app: servers(2),
    },
    traffic: {chat: websockets('app', 50, forever, {via: 'edge'} as object)},
    release: [release('origin', 'hard-restart', {batch: 1})],
  })
  expect(toldBy(it, 'proxy-killed')).toContain('10.000 origin.0#0 is killed')
  expect(briefly(it, rowsOf(it, 'proxy-killed')[0]!)).toMatch(/was killed, origin\.0#0, batch 1, session/)
})

test('no server left: how many of the tier take work', () => {
  const it = played({
    end: seconds(30),
    tiers: {edge: proxies(2, {upstream: upstream('app'), behind}), app: servers(2)},
    traffic: {web: http('app', 50)},
    release: [release('app', 'hard-restart', {batch: 2})],
  })
  expect(toldBy(it, 'no-server').join()).toMatch(/of app 0 of 2 hosts take new work/)
  expect(toldBy(it, 'no-server')).toContain('10.000 batch 1 of 1 begins: app.0 and app.1')
})

test('an idle connection that a draining process closes as it is used', () => {
  const it = played({
    end: seconds(30),
    tiers: {edge: proxies(1, {link, behind})},
    traffic: {pool: keepAlive('edge', 200, 2000)},
    release: [release('edge', 'socket-takeover')],
  })
  expect(toldBy(it, 'idle-close-race')).toContain('12.000 edge.0#0 begins to drain')
})

test('an idle time that is up has nothing to do with a release', () => {
  const it = played({
    end: seconds(30),
    tiers: {edge: proxies(1, {link, behind, keepAlive: seconds(1)})},
    traffic: {pool: keepAlive('edge', 200, 200)},
  })
  expect(toldBy(it, 'idle-timeout-race').join()).toMatch(/edge\.0#0 closes it, idle for as long as/)
})

test('a QUIC packet that another process reads: which one, and how it came to have the sockets', () => {
  const it = played({
    end: minutes(1),
    tiers: {edge: proxies(1, {behind, udp: udp()})},
    traffic: {quic: quic('edge', 50, forever)},
    release: [release('edge', 'socket-takeover', {udp: 'pass'})],
  })
  expect(toldBy(it, 'unknown-connection').join()).toMatch(/12\.000 edge\.0#1 takes over the sockets of edge\.0#0/)
  expect(briefly(it, rowsOf(it, 'unknown-connection')[0]!)).toMatch(/read by edge\.0#1, batch 1/)
})

test('a flow that the balancer forgot: the last change of its ring', () => {
  const it = played({
    end: minutes(2),
    tiers: {edge: proxies(4, {behind: l4lb({connectionTable: 1, probe: probe()})})},
    traffic: {chat: websockets('edge', 500, forever)},
    faults: [{kind: 'host-dies', tier: 'edge', host: 0, at: seconds(20), lasts: seconds(20)}],
  })
  expect(toldBy(it, 'forgotten-by-l4lb').join()).toMatch(/edge\/l4\.0 takes edge\.0 (into|out of) its ring/)
})

test('a tunnel that a drain closes, of its own process or of one behind', () => {
  const cut = (tier: string) =>
    played({
      end: seconds(40),
      tiers: {edge: proxies(2, {upstream: upstream('app'), behind}), app: servers(2)},
      traffic: {chat: websockets('app', 50, forever)},
      release: [release(tier, 'graceful-drain', {batch: 1, tunnels: 'cut', leaveFirst: false})],
    })
  expect(toldBy(cut('edge'), 'closed-by-drain').join()).toMatch(/edge\.0#0 begins to drain/)
  expect(toldBy(cut('app'), 'closed-by-drain').join()).toMatch(/app\.0#0 begins to drain/)
})

test('POSTs that come back wrong: the server that had to go, and its batch', () => {
  const it = toldOf(run(shipped('wrong-379'), {trace: true}).trace!)
  for (const cause of ['unexpected-status', 'replay-miscounted'] as const) {
    expect(toldBy(it, cause).join()).toMatch(/batch \d+ of 10 begins: app\.\d+,.*app\.\d+#0 begins to drain/)
    expect(briefly(it, rowsOf(it, cause)[0]!)).toMatch(/, app\.\d+#0, batch \d+, upload /)
  }
})

test('packets into a socket that nobody reads: who has the sockets now, or the batch that was under way', () => {
  const it = played({
    end: minutes(3),
    tiers: {edge: proxies(2, {behind, udp: udp()})},
    traffic: {quic: quic('edge', 100, exponential(minutes(1)))},
    release: [release('edge', 'socket-takeover', {fault: 'unread-socket', batch: 2, drainTimeout: minutes(5)})],
  })
  expect(toldBy(it, 'packets-lost').join()).toMatch(/edge\.\d#1 takes over the sockets of edge\.\d#0/)
  expect(briefly(it, rowsOf(it, 'connect-timeout')[0]!)).toBe(
    'timed out: no connection in time, during batch 1, attempt 10 s old',
  )
})
