import {spanText} from '../../draw/words.ts'
import type {Fault} from './faults.ts'
import {type Contestant, clockOf, looking, type Matter, type Step, sentences} from './steps.ts'

/** What happens without a release, the first of each kind. */
export const faults = (matter: Matter, told: Contestant): Step[] =>
  told.faults.map(fault => ({
    title: titles[fault.what],
    caption: `${clockOf(matter)(fault.at)}: ${inWords(fault)}`,
    ...looking(matter, told, [fault.at, fault.at + (fault.lasted ?? 0)], 'hosts', fault.at),
  }))

const titles: Readonly<Record<Fault['what'], string>> = {
  power: 'A host dies',
  stall: 'A process hangs',
  balancer: 'A host of the balancer dies',
  join: 'Hosts join',
}

function inWords({what, name, lasted}: Fault): string {
  const span = lasted === undefined ? undefined : spanText(lasted)
  if (what === 'power')
    return sentences(
      `${name} loses power: no FIN, no RST, and whoever waits for it waits in vain.`,
      span === undefined ? '' : `It gets new work until all who probe it believe that it is dead, ${span} later.`,
    )
  if (what === 'stall')
    return sentences(
      `${name} hangs: its sockets take connections, and it accepts none.`,
      span === undefined ? '' : `It goes on ${span} later.`,
    )
  if (what === 'join')
    return sentences(
      `${name} joins its tier, and whoever comes with it.`,
      span === undefined
        ? ''
        : `${span} later all who probe it believe in it, and it takes its slots of the ring from all others.`,
    )
  return `${name} forwards nothing any more, and its connection table is lost. Routers send its flows to others, who find the way by their own tables and the ring.`
}
