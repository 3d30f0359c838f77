import {concise} from '../../../sim/words/figures.ts'
import {fastest, slowest} from '../../desk/clock.ts'

/** Speeds that the control offers: 1, 2 and 5 of each power of ten between the slowest and the fastest. */
export const speeds: readonly number[] = [-3, -2, -1, 0, 1, 2, 3]
  .flatMap(power => [1, 2, 5].map(step => Number(`${step}e${power}`)))
  .filter(speed => speed >= slowest && speed <= fastest)

/** Place of the speed that comes nearest, by how many times as fast it is. */
export function placeOf(speed: number): number {
  const apart = speeds.map(it => Math.abs(Math.log(it / speed)))
  return apart.indexOf(Math.min(...apart))
}

/** The next faster speed, or the next slower one; the speed itself at the end of the scale. */
export function changed(speed: number, faster: boolean): number {
  const next = faster ? speeds.find(it => it > speed * 1.001) : speeds.findLast(it => it < speed / 1.001)
  return next ?? speed
}

/** 200x, 1/50x. */
export const speedText = (speed: number): string => (speed < 1 ? `1/${concise(1 / speed)}x` : `${concise(speed)}x`)

/** What a speed means, for whoever hears it. */
export const speedInWords = (speed: number): string =>
  `${speedText(speed)}: ${concise(speed)} simulated seconds in a second`
