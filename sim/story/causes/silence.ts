import type {Time} from '../../engine/time.ts'
import type {ActorId} from '../../net/events.ts'
import {tiersOf} from '../../trace/hosts.ts'
import type {HostState, LivingProcess} from '../../trace/world-state.ts'
import type {Spell} from '../annals.ts'
import {
  are,
  type Case,
  entryHosts,
  type Finding,
  hostsBehind,
  known,
  namesOf,
  nothing,
  oneOf,
  placesOf,
  text,
} from './case.ts'
import {closedBy, endings} from './endings.ts'

const listens = (process: LivingProcess) => process.listening
export const isDeaf = ({powered, processes}: HostState) => powered && !processes.some(listens)
const isDead = ({powered}: HostState) => !powered
export const hangs = ({processes}: HostState) => processes.some(({stalled}) => stalled)
const isMute = (state: HostState) => isDead(state) || !state.processes.some(it => it.listening && !it.stalled)
export const isOut = ({rotation}: HostState) => rotation < 1
const takesWork = (state: HostState | undefined) => state !== undefined && state.rotation > 0 && !isMute(state)

const lasting = ({from, to}: Spell) => (Number.isFinite(to) ? ` for ${text(to - from)}` : ' for the rest of the run')

interface Trouble {
  readonly host: ActorId
  readonly spell: Spell
}

/** Of these hosts the ones of which it was so at some time in `from` to `to`, since when and for how long. */
export const troubles = ({annals}: Case, hosts: readonly ActorId[], is: (state: HostState) => boolean, within: Spell) =>
  hosts.flatMap((host): Trouble[] => {
    const spell = annals.spell(host, is, within)
    return spell === undefined ? [] : [{host, spell}]
  })

export const now = ({at}: Case): Spell => ({from: at, to: at})
export const hostsOf = (found: readonly Trouble[]) => found.map(({host}) => host)
/** Of several at once the first to begin is told; they are mostly those of one batch. */
const firstOf = (found: readonly Trouble[]): Trouble => found.reduce((a, b) => (b.spell.from < a.spell.from ? b : a))

export function nobodyListens(it: Case): Finding {
  const deaf = troubles(it, entryHosts(it), isDeaf, now(it))
  const reached = deaf.filter(({host}) => (it.annals.state(host, it.at)?.rotation ?? 0) > 0)
  const found = reached.length > 0 ? reached : deaf
  if (found.length === 0) return nothing
  const {spell} = firstOf(found)
  const hosts = hostsOf(found)
  const what = `nobody listens on ${namesOf(it, hosts)}${found.length === 1 ? lasting(spell) : ', one of which it was'}`
  return {
    steps: [...endings(it, closedBy(it, hosts)), {at: spell.from, text: what}],
    places: hosts,
    note: `on ${oneOf(it, hosts)}`,
  }
}

/** Somebody who should have answered hung, was without power, or did not accept; first of all on the host that it is on. */
export function nobodyAnswers(it: Case): Finding {
  const within = {from: it.began, to: it.at}
  const own = placesOf(it, known(it))
  for (const [hosts, is] of [
    [own, hangs],
    [own.length === 0 ? entryHosts(it) : [], isMute],
    [hostsBehind(it), hangs],
    [hostsBehind(it), isDead],
  ] as const) {
    const found = troubles(it, hosts, is, within)
    if (found.length > 0) return silence(it, found)
  }
  return nothing
}

export function silence(it: Case, found: readonly Trouble[]): Finding {
  const {host, spell} = firstOf(found)
  const state = it.annals.state(host, spell.from)
  const hosts = hostsOf(found)
  const names = namesOf(it, hosts)
  const length = found.length === 1 ? lasting(spell) : ''
  const isFault = state?.powered === false || (state !== undefined && hangs(state))
  const what =
    state?.powered === false
      ? `${are(hosts, 'loses', 'lose')} power${length}`
      : `${are(hosts, 'accepts', 'accept')} nobody${length}${isFault ? ', for it hangs' : ''}`
  return {
    steps: [{at: spell.from, text: `${names} ${what}${belief(it, host, spell.from)}`}],
    places: isFault ? [] : hosts,
    note: `on ${oneOf(it, hosts)}`,
  }
}

/** What those who probe a host believed of it after something had happened to it. */
function belief({annals}: Case, host: ActorId, since: Time): string {
  if (annals.state(host, since)?.rotation === 0) return ''
  const out = annals.next(host, 'rotation', since, ({share}) => share === 0)
  return out === undefined ? '; it stays in rotation' : `; it is in rotation for ${text(out.at - since)} more`
}

export function hostIsDead(it: Case): Finding {
  const own = placesOf(it, known(it))
  const found = troubles(it, own.length > 0 ? own : entryHosts(it), isDead, {from: it.began, to: it.at})
  return found.length === 0 ? nothing : silence(it, found)
}

/** The tier behind in which the fewest hosts could take work. */
export function nobodyServes(it: Case): Finding {
  const behind = new Set(hostsBehind(it))
  const able = [...tiersOf(it.recording)]
    .filter(([, hosts]) => behind.has(hosts[0]!))
    .map(([name, hosts]) => {
      const there = hosts.filter(host => isThere(it, host))
      const idle = there.filter(host => !takesWork(it.annals.state(host, it.at)))
      return {name, hosts: there, idle, share: 1 - idle.length / there.length}
    })
  const worst = able.sort((a, b) => a.share - b.share)[0]
  if (worst === undefined || worst.idle.length === 0) return nothing
  const {name, hosts, idle} = worst
  return {
    steps: [{at: it.at, text: `of ${name} ${hosts.length - idle.length} of ${hosts.length} hosts take new work`}],
    places: idle,
  }
}

/** Whether a host has joined its tier, and not left it. */
const isThere = ({annals, at}: Case, host: ActorId): boolean =>
  annals.state(host, at) !== undefined && annals.last(host, 'pool', at)?.joins !== false
