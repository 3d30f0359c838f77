import {Signal} from '../draw/signal.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const key = 'theme'

/** How the page is to look: as the system does, or as somebody chose. */
export const theme = new Signal<Theme>(kept())

export const isTheme = (name: unknown): name is Theme => themes.some(it => it === name)

/** Chooses a theme, for the next visits as well where the browser lets a page remember. */
export function chooseTheme(chosen: Theme): void {
  theme.set(chosen)
  try {
    if (chosen === 'system') localStorage.removeItem(key)
    else localStorage.setItem(key, chosen)
  } catch {
    // Then it holds for this visit.
  }
}

function kept(): Theme {
  try {
    const name = localStorage.getItem(key)
    return isTheme(name) ? name : 'system'
  } catch {
    return 'system'
  }
}

/** Dresses the page in the theme, now and whenever another is chosen. */
export function wearTheme(): void {
  theme.watch(wear)
  wear()
}

function wear(): void {
  const {dataset} = document.documentElement
  if (theme.value === 'system') delete dataset.theme
  else dataset.theme = theme.value
}
