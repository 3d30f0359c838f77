import type {Time} from '../../../sim/engine/time.ts'
import type {ActorId} from '../../../sim/net/events.ts'
import {count, percent} from '../../../sim/words/figures.ts'
import {lookAt} from '../../recording/histories.ts'
import {type Look, unpacked} from '../../recording/look.ts'
import type {Recording} from '../../recording/recording.ts'
import {bucketAt, gaugesOf} from './gauges.ts'
import {absent, rolloutOf} from './rollout.ts'

/** How a host or an L4 host is: `edge.3: draining, two processes, version 1, 1,204 connections, CPU 34 %`. */
export function hostSentence(recording: Recording, actor: ActorId, time: Time): string {
  const {name, kind} = recording.actors[actor]!
  const facts = kind === 'host' ? hostFacts(recording, actor, time) : [forwardingWords(recording, actor, time)]
  return `${name}: ${facts.join(', ')}`
}

function hostFacts(recording: Recording, actor: ActorId, time: Time): string[] {
  const version = rolloutOf(recording).version.value(actor, time)
  const bits = lookAt(recording.histories, actor, time)
  const look = unpacked(bits)
  if (version === absent && (bits === 0 || look.count === 0)) return ['not in its tier']
  const versions = version === absent || look.count === 0 ? [] : [`version ${version}`]
  return [...lookWords(look), ...versions, ...gaugeWords(recording, actor, time)]
}

/** What its processes do, what they are too many of, and whether new work comes to it. */
export function lookWords({powered, rotation, processes, count: living}: Look): string[] {
  if (!powered) return ['down, without power']
  const states = [...new Set(processes)].join(' and ') || 'down, no process'
  const several = living < 2 ? [] : [living === 2 ? 'two processes' : `${living} processes`]
  const rotated = {in: [], partly: ['partly out of rotation'], out: ['out of rotation']}[rotation]
  return [states, ...several, ...rotated]
}

function gaugeWords(recording: Recording, actor: ActorId, time: Time): string[] {
  const {connections, busy} = gaugesOf(recording)[actor]!
  const bucket = bucketAt(recording, time)
  const held = connections && `${count(connections[bucket]!)} connections`
  const worked = busy && `CPU ${percent(busy[bucket]!, 0)} %`
  return [held, worked].filter(it => it !== undefined)
}

const forwardings = ['down', 'announced, forwards nothing', 'forwards, withdrawn', 'forwards'] as const

const forwardingWords = (recording: Recording, actor: ActorId, time: Time): string =>
  forwardings[rolloutOf(recording).forwarding.value(actor, time)]!
