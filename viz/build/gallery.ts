import type {Plugin} from 'vite'
import {exhibitsIn} from './exhibits.ts'

const name = 'virtual:gallery'

/** What the gallery shows, as a module: nobody has to parse all scenarios to know their titles. */
export const gallery: Plugin = {
  name: 'gallery',
  resolveId: id => (id === name ? `\0${name}` : undefined),
  load: id => (id === `\0${name}` ? `export const exhibits = ${JSON.stringify(exhibitsIn('scenarios'))}` : undefined),
}
