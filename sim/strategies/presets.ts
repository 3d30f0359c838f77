import {fixed, uniform} from '../engine/distributions.ts'
import {minutes, seconds} from '../engine/time.ts'
import {gracefulDrain} from './graceful-drain.ts'
import {hardRestart} from './hard-restart.ts'
import {overlapDeploy} from './overlap-deploy.ts'
import {type Preset, preset} from './preset.ts'
import {requestPause} from './request-pause.ts'
import {reuseportHandover} from './reuseport-handover.ts'
import {reuseportSteering} from './reuseport-steering.ts'
import {rollingUpdate} from './rolling-update.ts'
import {schemaMigration} from './schema-migration.ts'
import {socketActivation} from './socket-activation.ts'
import {socketTakeover} from './socket-takeover.ts'

const paper = 'Zero Downtime Release (SIGCOMM 2020)'
/** The UDP sockets of the new process are its own: what is read by the wrong one is lost. */
const ownUdp = {udp: 'fresh'} as const
/** One that is reloaded again does not wait for those that still drain: generations pile up. */
const pilesUp = {admission: false} as const
const noLimit = {drainTimeout: Infinity} as const
const goesOn = 'no limit unless one is configured'

/** How endpoints spread in a cluster: from reports, not from documents. */
const reported = {default: uniform(0, seconds(2)), text: '{uniform: {from: 0s, to: 2s}}'}
const atOnce = {default: fixed(0), text: '0s'}

/** The three ways of the paper: sections 2 and 4.1. */
const ofThePaper: readonly Preset[] = [
  preset('proxygen', socketTakeover, {
    summary: 'Socket Takeover at the edge: pass the sockets, forward packets, drain for 20 minutes.',
    source: `${paper}, 2 and 4.1`,
    options: {batch: 0.2, drainTimeout: minutes(20)},
  }),
  preset('proxygen-traditional', gracefulDrain, {
    summary: 'What Socket Takeover is compared with: fail health checks, drain for 20 minutes, restart.',
    source: `${paper}, 2`,
    options: {batch: 0.2, drainTimeout: minutes(20), leaveFirst: true},
  }),
  preset('hhvm', gracefulDrain, {
    summary: 'The app servers: a drain of 12 seconds, which long uploads outlive.',
    source: `${paper}, 4.3 (10 to 15 s)`,
    options: {batch: 0.2, drainTimeout: seconds(12), leaveFirst: true},
  }),
]

/** envoyproxy/envoy `docs/root/operations/{cli,hot_restart,draining}.rst`; Istio's log and source. */
const ofEnvoy: readonly Preset[] = [
  preset('envoy', socketTakeover, {
    summary: 'Hot restart: --drain-time-s 600, gradual; the parent is shut down after 900 s, whatever it holds.',
    source: 'Envoy: cli.rst, hot_restart.rst, draining.rst',
    recalled: ['closing', 'udp'],
    options: {
      drainTimeout: seconds(900),
      drainTime: seconds(600),
      closing: 'gradual',
      leavesEarly: false,
      ...ownUdp,
      ...pilesUp,
    },
  }),
  preset('envoy-immediate', socketTakeover, {
    summary: 'Hot restart with --drain-strategy immediate: every response is the last of its connection at once.',
    source: 'Envoy: cli.rst, draining.rst',
    recalled: ['closing', 'udp'],
    options: {drainTimeout: seconds(900), closing: 'at once', leavesEarly: false, ...ownUdp, ...pilesUp},
  }),
  preset('istio', rollingUpdate, {
    summary: 'A sidecar: hot restart off, --drain-strategy immediate, terminationDrainDuration 5 s, then it is gone.',
    source: 'istio/istio issue 34855; Kubernetes: pod-lifecycle.md',
    recalled: ['propagation'],
    options: {propagation: reported, terminationGracePeriod: seconds(5), leavesEarly: false},
  }),
]

/** haproxy `doc/management.txt` and `doc/configuration.txt`. */
const ofHaproxy: readonly Preset[] = [
  preset('haproxy', socketTakeover, {
    summary: `Reload with -x, or in master-worker mode: sockets are passed; hard-stop-after: ${goesOn}.`,
    source: 'HAProxy: management.txt 4, configuration.txt',
    recalled: ['udp'],
    options: {...noLimit, ...ownUdp, ...pilesUp},
  }),
  preset('haproxy-no-passing', reuseportHandover, {
    summary: 'Reload with -sf alone: bind beside the old process, which then closes its own socket.',
    source: 'HAProxy: management.txt 4',
    options: {...noLimit, reuseport: true},
  }),
  preset('haproxy-spread', socketTakeover, {
    summary: 'Reload with close-spread-time 10s: idle connections are closed over ten seconds, not all at once.',
    source: 'HAProxy: configuration.txt, close-spread-time (unset by default; 10 s is an example)',
    recalled: ['udp'],
    options: {...noLimit, ...ownUdp, ...pilesUp},
    tier: {idleClose: {when: 'drain', spread: seconds(10)}},
  }),
]

/** nginx.org, control.xml and ngx_core_module.xml; the ingress controller's own default of the limit. */
const ofNginx: readonly Preset[] = [
  preset('nginx', socketTakeover, {
    summary: `Reload: new workers accept from the master's sockets; worker_shutdown_timeout: ${goesOn}.`,
    source: 'nginx.org: control, worker_shutdown_timeout; nginx/nginx issue 425 (QUIC)',
    options: {...noLimit, ...ownUdp, ...pilesUp},
  }),
  preset('nginx-shutdown-timeout', socketTakeover, {
    summary: 'Reload with worker_shutdown_timeout 240 s, as the ingress controller sets it.',
    source: 'nginx.org: worker_shutdown_timeout; kubernetes/ingress-nginx',
    options: {drainTimeout: seconds(240), ...ownUdp, ...pilesUp},
  }),
]

/** A target leaves its group, and the task is stopped when the deregistration delay is over (ECS: then 30 s to SIGKILL). */
const ofClouds: readonly Preset[] = [
  preset('aws-alb', rollingUpdate, {
    summary: 'ECS behind an ALB: deregistration delay 300 s without new requests, over early if nothing is in flight.',
    source: 'AWS: ALB guide (2023), ECS guide',
    recalled: ['surge', 'unavailable', 'terminationGracePeriod'],
    options: {...ecs(), propagation: atOnce, preStopEndsEarly: true},
  }),
  preset('aws-nlb-observed', rollingUpdate, {
    summary: 'ECS behind an NLB as users saw it: new flows keep coming for 120 s after the target left.',
    source: 'kubernetes-sigs/aws-load-balancer-controller issue 2366',
    recalled: ['surge', 'unavailable', 'terminationGracePeriod'],
    options: {...ecs(), propagation: {default: fixed(seconds(120)), text: '120s'}},
  }),
  preset('gcp', rollingUpdate, {
    summary: 'Connection draining for 300 s, after which instances may go on for up to 60 s.',
    source: 'Google Cloud: connection draining',
    recalled: ['surge', 'unavailable', 'preStop'],
    options: {
      surge: Infinity,
      unavailable: 0,
      propagation: atOnce,
      preStop: seconds(300),
      preStopEndsEarly: true,
      terminationGracePeriod: seconds(360),
    },
  }),
]

function ecs() {
  return {surge: Infinity, unavailable: 0, preStop: seconds(300), terminationGracePeriod: seconds(330)}
}

/** kubernetes.io, deployment.md and pod-lifecycle.md. */
const ofKubernetes: readonly Preset[] = [
  preset('kubernetes', rollingUpdate, {
    summary: 'A Deployment as it comes: 25 % surge, 25 % unavailable, no preStop, 30 s of grace.',
    source: 'Kubernetes: deployment.md, pod-lifecycle.md',
    recalled: ['propagation'],
    options: {
      surge: 0.25,
      unavailable: 0.25,
      propagation: reported,
      preStop: 0,
      terminationGracePeriod: seconds(30),
    },
  }),
  preset('kubernetes-prestop', rollingUpdate, {
    summary: 'The usual cure: preStop sleeps 10 s while endpoints spread, and the grace period is 45 s.',
    source: 'Kubernetes: pod-lifecycle.md; kubernetes/enhancements issue 3961',
    recalled: ['propagation'],
    options: {propagation: reported, preStop: seconds(10), terminationGracePeriod: seconds(45)},
  }),
]

/** What a process does that is restarted by itself, or by its manager. */
const ofProcesses: readonly Preset[] = [
  preset('systemd', socketActivation, {
    summary: 'Socket activation: connections queue while the service restarts; TimeoutStopSec 90 s.',
    source: 'systemd: systemd.socket.xml, systemd.service.xml',
    recalled: ['drainTimeout'],
    options: {drainTimeout: seconds(90)},
  }),
  preset('sidekiq', gracefulDrain, {
    summary: 'Workers of a queue: SIGTERM, -t 25 gives back what is not done then, and the platform kills after 30 s.',
    source: 'sidekiq/sidekiq: Deployment; Heroku: dyno shutdown',
    recalled: ['batch'],
    options: {batch: Infinity, leaveFirst: false, drainTimeout: seconds(30)},
  }),
  preset('tableflip', socketTakeover, {
    summary: 'A Go server: the child inherits the listeners; the parent finishes requests, tunnels end with it.',
    source: 'cloudflare/tableflip; net/http Server.Shutdown',
    recalled: ['drainTimeout', 'tunnels'],
    options: {drainTimeout: seconds(30), tunnels: 'cut', admission: true},
  }),
  preset('udpgrm', reuseportSteering, {
    summary: 'A BPF program keeps flows at the socket that has them; an entry of its flow table lives for 125 s.',
    source: 'cloudflare/udpgrm: README',
    recalled: ['drainTimeout'],
    options: {drainTimeout: seconds(125)},
  }),
  preset('pingora', socketTakeover, {
    summary: 'Graceful upgrade: the old process accepts for 5 s more, and lives for a grace period of 300 s and 5 s.',
    source: 'cloudflare/pingora: docs, code',
    options: {confirm: seconds(5), drainTimeout: seconds(305), leavesEarly: false},
  }),
  preset('traefik', gracefulDrain, {
    summary: 'Stop and start: graceTimeOut 10 s, requestAcceptGraceTimeout 0, so the listener closes first.',
    source: 'traefik/traefik: entrypoints, lifeCycle',
    recalled: ['leaveFirst'],
    options: {drainTimeout: seconds(10), leaveFirst: false},
  }),
  preset('caddy', socketTakeover, {
    summary:
      'Config reload: listeners live on, requests finish without a limit, streams are cut (stream_close_delay 0).',
    source: 'Caddy: grace_period, stream_close_delay',
    options: {drainTimeout: Infinity, tunnels: 'cut'},
  }),
]

/** basecamp/kamal-proxy at d929067, basecamp/intermission, Caddy: who holds requests, and how. */
const ofHolding: readonly Preset[] = [
  preset('kamal-proxy', overlapDeploy, {
    summary: 'A deploy of Kamal: turn when all new targets are healthy; requests get 30 s, WebSockets are cut at once.',
    source: 'basecamp/kamal-proxy: internal/server/target.go at d929067',
    options: {deployTimeout: seconds(30), drainTimeout: seconds(30), tunnels: 'cut'},
  }),
  preset('kamal-proxy-pause', requestPause, {
    summary: 'kamal-proxy pause, restart, resume: requests are held for up to 30 s each, then get a 504.',
    source: 'basecamp/kamal-proxy: internal/server/pause_controller.go, target.go at d929067',
    options: {discipline: 'broadcast', failAfter: seconds(30), drainTimeout: seconds(30), tunnels: 'cut'},
  }),
  preset('intermission', requestPause, {
    summary: 'NGINX with Lua: each held request looks every second, and goes on after the one before it.',
    source: 'basecamp/intermission: README.md, intermission.lua, sample-nginx.conf',
    recalled: ['failAfter', 'drainTimeout', 'checks', 'tunnels'],
    options: {
      discipline: 'chain',
      failAfter: seconds(30),
      interval: seconds(1),
      checks: 'passed on',
      drainTimeout: seconds(30),
      tunnels: 'cut',
    },
  }),
  preset('caddy-retry', hardRestart, {
    summary: 'A restart behind Caddy with lb_try_duration 30s, lb_try_interval 1s: whoever finds nobody tries again.',
    source: 'Caddy: reverse_proxy; caddyserver/caddy issue 6267; til.simonwillison.net: caddy/pause-retry-traffic',
    options: {batch: Infinity},
    before: {tryDuration: seconds(30), tryInterval: seconds(1), retryIdempotent: true},
  }),
]

/** pgroll `pkg/db/db.go`, `pkg/backfill`; gh-ost `doc/command-line-flags.md`. */
const ofMigrations: readonly Preset[] = [
  preset('pgroll', schemaMigration, {
    summary: 'Expand and contract: lock_timeout 500 ms with retries, and 1,000 rows in a step of the backfill.',
    source: 'xataio/pgroll: code',
    recalled: ['retryBase', 'retryCap'],
    options: {
      lockTimeout: seconds(0.5),
      retryBase: seconds(1),
      retryCap: minutes(1),
      backfillRows: 1_000,
      backfillDelay: 0,
    },
  }),
]

/** Every preset, in the order in which a table shows them. */
export const presets: readonly Preset[] = [
  ...ofThePaper,
  ...ofEnvoy,
  ...ofHaproxy,
  ...ofNginx,
  ...ofClouds,
  ...ofKubernetes,
  ...ofProcesses,
  ...ofHolding,
  ...ofMigrations,
]
