/** Made by vite.config.ts of the files in scenarios/. */
declare module 'virtual:gallery' {
  import type {Exhibit} from './views/gallery/exhibit.ts'

  export const exhibits: readonly Exhibit[]
}
