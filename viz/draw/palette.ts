import {type Family, families} from '../recording/family.ts'
import type {Condition} from '../recording/look.ts'

/**
 * Colours of Okabe and Ito ("Color Universal Design", 2008), some of them darker by day or lighter by night so that a mark
 * has a contrast of 3 to its background. What is well is quiet, what is not is loud; and nothing is told by colour alone:
 * a family has a shape, a condition has a pattern, and a run has a letter and a dash.
 */
export interface Palette {
  readonly paper: string
  readonly ink: string
  readonly faint: string
  readonly rule: string
  readonly wash: string
  readonly accent: string
  readonly families: Readonly<Record<Family, string>>
  readonly conditions: Readonly<Record<Condition, string>>
  /** Of runs A to D. */
  readonly runs: readonly string[]
}

export const day: Palette = {
  paper: '#ffffff',
  ink: '#1c2126',
  faint: '#5b6570',
  rule: '#dfe3e7',
  wash: '#f4f6f8',
  accent: '#0072b2',
  families: {
    refused: '#d55e00',
    reset: '#b8860b',
    cut: '#b4588f',
    aborted: '#7a7a00',
    'timed-out': '#0072b2',
    failed: '#000000',
    misrouted: '#00805c',
  },
  conditions: {
    serving: '#a9d3ea',
    draining: '#3f7ba8',
    booting: '#e9c46a',
    down: '#3a3f45',
    'two processes': '#6fb0d6',
    'out of rotation': '#c9d1d8',
  },
  runs: ['#0072b2', '#d55e00', '#007a5a', '#b4588f'],
}

export const night: Palette = {
  paper: '#14181c',
  ink: '#e8ebee',
  faint: '#9aa5b0',
  rule: '#2d343b',
  wash: '#1b2026',
  accent: '#56b4e9',
  families: {
    refused: '#ff7f3a',
    reset: '#e6c044',
    cut: '#e08fbf',
    aborted: '#c9c95a',
    'timed-out': '#56b4e9',
    failed: '#ffffff',
    misrouted: '#2bc298',
  },
  conditions: {
    serving: '#2f6f96',
    draining: '#8cc4e6',
    booting: '#b8913a',
    down: '#7d868f',
    'two processes': '#4f9cc8',
    'out of rotation': '#3a434b',
  },
  runs: ['#56b4e9', '#f0955a', '#2bc298', '#cc79a7'],
}

/** How lines of runs A to D are dashed. */
export const dashes: readonly (readonly number[])[] = [[], [7, 4], [2, 3], [9, 3, 2, 3]]

/** A sign for each family, which is its shape in text. */
export const signs: Readonly<Record<Family, string>> = {
  refused: '▲',
  reset: '■',
  cut: '◆',
  aborted: '▼',
  'timed-out': '●',
  failed: '✖',
  misrouted: '★',
}

/** The palette that the page is in now. */
export const palette = (): Palette => (isNight() ? night : day)

const prefersNight = matchMedia('(prefers-color-scheme: dark)')
const isNight = (): boolean => {
  const chosen = document.documentElement.dataset.theme
  return chosen === undefined ? prefersNight.matches : chosen === 'dark'
}

/** Calls `repaint` whenever the page turns from day to night or back. */
export function onNightfall(repaint: () => void): void {
  prefersNight.addEventListener('change', repaint)
  new MutationObserver(repaint).observe(document.documentElement, {attributeFilter: ['data-theme']})
}

/** The colours as properties of the page, for whatever CSS draws. */
export function dye(): void {
  const {families: familyColours, conditions, runs, ...plain} = palette()
  const root = document.documentElement.style
  for (const [name, colour] of Object.entries(plain)) root.setProperty(`--${name}`, colour)
  for (const family of families) root.setProperty(`--${family}`, familyColours[family])
  for (const [name, colour] of Object.entries(conditions)) root.setProperty(`--${name.replaceAll(' ', '-')}`, colour)
  runs.forEach((colour, i) => void root.setProperty(`--run-${i}`, colour))
}
