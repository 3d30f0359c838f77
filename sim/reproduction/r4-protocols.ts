import type {Observed} from './observed.ts'
import {target} from './target.ts'

const users = 2_000

/** Short requests that did not complete, in % of all. */
function tcp({report}: Observed): number {
  const {started, completed, open} = report.traffic.web!
  return (100 * (started - completed - open)) / started
}
/** How often a connection was misrouted, per 100 of them; each user has one. */
const udp = ({report}: Observed): number => (100 * report.traffic.quic!.misrouted) / users
/** Tunnels that broke, in % of users. */
const mqtt = ({report}: Observed): number => (100 * report.traffic.chat!.reset) / users

export const r4 = target({
  id: 'R4',
  title: 'Protocols that a hot restart without the paper’s mechanisms covers',
  published: {says: 'TCP yes, UDP no, MQTT no', standing: 'seen', source: 'slide of the SIGCOMM 2020 talk'},
  strength: 'A',
  arms: {
    prior: {scenario: 'hot-restart-coverage', strategy: 'socket-takeover'},
    whole: {scenario: 'hot-restart-coverage', strategy: 'downstream-connection-reuse'},
  },
  read({prior, whole}) {
    return {
      numbers: {
        tcp: tcp(prior),
        udp: udp(prior),
        mqtt: mqtt(prior),
        wholeTcp: tcp(whole),
        wholeUdp: udp(whole),
        wholeMqtt: mqtt(whole),
      },
      curves: {},
    }
  },
  claims: [
    {about: 'requests over TCP that failed', number: 'tcp', unit: '%', digits: 2, atMost: 0},
    {about: 'misroutings per 100 QUIC connections', number: 'udp', unit: '', digits: 0, atLeast: 50},
    {about: 'MQTT tunnels broken', number: 'mqtt', unit: '%', digits: 0, atLeast: 50},
    {about: 'requests that failed, all mechanisms', number: 'wholeTcp', unit: '%', digits: 2, atMost: 0},
    {about: 'misroutings per 100 QUIC connections, all mechanisms', number: 'wholeUdp', unit: '', digits: 2, atMost: 0},
    {about: 'tunnels broken, all mechanisms', number: 'wholeMqtt', unit: '%', digits: 2, atMost: 0},
  ],
  figures: [
    {
      kind: 'numbers',
      title: 'What a hot restart breaks',
      caption: 'Passing TCP listeners alone covers neither UDP nor tunnels that outlive the drain.',
      x: {label: 'failures per 100 requests, QUIC connections or tunnels', from: 0},
      rows: [
        {label: 'TCP', number: 'tcp'},
        {label: 'UDP (QUIC), misroutings', number: 'udp'},
        {label: 'MQTT', number: 'mqtt'},
        {label: 'TCP, all mechanisms', number: 'wholeTcp'},
        {label: 'UDP, misroutings, all mechanisms', number: 'wholeUdp'},
        {label: 'MQTT, all mechanisms', number: 'wholeMqtt'},
      ],
    },
  ],
  remark: 'A connection that is misrouted twice counts twice.',
})
