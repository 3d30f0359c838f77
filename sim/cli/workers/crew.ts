import {version} from '../../trace/version.ts'
import {count} from '../../words/figures.ts'
import type {Place} from './place.ts'
import type {Participant} from './presence.ts'

const isOurs = (it: Participant): boolean => it.role === 'worker' && it.version === version

/** Threads that make runs of this version. */
export const threadsOf = (all: readonly Participant[]): number =>
  all.filter(isOurs).reduce((sum, {threads}) => sum + threads, 0)

/** Tells a sweep who works for it, whenever that has changed. */
export function crewNotes({shown}: Place, tell: (note: string) => void): (all: readonly Participant[]) => void {
  let last = ''
  return all => {
    const note = noteOn(all, shown)
    if (note !== last) tell(note)
    last = note
  }
}

function noteOn(all: readonly Participant[], shown: string): string {
  const ours = all.filter(isOurs)
  if (ours.length > 0) return `${counted(ours.length, 'worker')} at ${shown}, ${counted(threadsOf(all), 'thread')}`
  const strangers = all.filter(it => it.role === 'worker').map(it => it.version)
  const others = strangers.length === 0 ? '' : `; those that are there are of zdr ${[...new Set(strangers)].join(', ')}`
  return `no worker of zdr ${version} is at ${shown} yet${others}`
}

const counted = (number: number, noun: string): string => `${count(number)} ${noun}${number === 1 ? '' : 's'}`
