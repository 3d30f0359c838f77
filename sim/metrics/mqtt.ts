import type {Duration, Time} from '../engine/time.ts'
import {type Direction, directions, type TunnelMessage, tunnelMessageOf, tunnelMessages} from '../net/events.ts'
import type {MqttWorkload} from '../net/options.ts'
import {AcksMetric} from './acks.ts'
import {PublishesMetric} from './publishes.ts'
import type {AcksReport, MovesReport, PublishesReport} from './report.ts'

/** Publishes and CONNACKs of one MQTT workload, and moves of its tunnels. */
export class MqttMetric {
  private readonly flows: Readonly<Record<Direction, PublishesMetric>>
  private readonly connacks: AcksMetric
  private readonly messages = new Float64Array(tunnelMessages.length)

  constructor({publish: {up, down}}: MqttWorkload, end: Time, width: Duration) {
    this.flows = {up: new PublishesMetric(up, end, width), down: new PublishesMetric(down, end, width)}
    this.connacks = new AcksMetric(end, width)
  }

  released(at: Time): void {
    this.connacks.released(at)
  }

  opened(at: Time): void {
    this.connacks.opened(at)
  }

  acks(): AcksReport {
    return this.connacks.result()
  }

  message(what: number): void {
    this.messages[what]!++
  }

  published(at: Time, direction: number, fate: number, first: Time, every: Duration, count: number): void {
    this.flows[directions[direction]!].add(at, fate, first, every, count)
  }

  publishes(): Readonly<Record<Direction, PublishesReport>> {
    return {up: this.flows.up.result(), down: this.flows.down.result()}
  }

  moves(): MovesReport {
    const count = (message: TunnelMessage) => this.messages[tunnelMessageOf(message)]!
    return {solicited: count('reconnect-solicitation'), moved: count('connect-ack'), refused: count('connect-refuse')}
  }
}
