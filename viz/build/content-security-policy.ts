import type {Plugin} from 'vite'
import {policy} from '../../sim/cli/server/policy.ts'

/** Only of what is built: the server for development puts styles into the page itself. */
export const contentSecurityPolicy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {tag: 'meta', attrs: {'http-equiv': 'Content-Security-Policy', content: policy()}, injectTo: 'head-prepend'},
  ],
}
