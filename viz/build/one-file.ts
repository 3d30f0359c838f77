import {createHash} from 'node:crypto'
import type {Plugin, Rolldown} from 'vite'
import {policy} from '../../sim/cli/server/policy.ts'
import {codeId, licensesId} from '../embedded.ts'
import {licenses} from './licenses.ts'

type Bundle = Rolldown.OutputBundle

/**
 * Puts everything that the page is made of into its HTML, which then needs no server and no network. Of what a browser
 * runs or styles with, the policy names the hashes; the worker's code is text, for the page starts it from a Blob.
 */
export const oneFile: Plugin = {
  name: 'one-file',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const html = whole(textOf(bundle, /\.html$/), {
        style: textOf(bundle, /\.css$/).trim(),
        code: inScript(textOf(bundle, /index-[^/]*\.js$/).trim()),
        worker: inScript(textOf(bundle, /worker-[^/]*\.js$/).trim()),
        icon: textOf(bundle, /\.svg$/),
      })
      for (const name of Object.keys(bundle)) delete bundle[name]
      this.emitFile({type: 'asset', fileName: 'page.html', source: html})
    },
  },
}

interface Parts {
  readonly style: string
  readonly code: string
  readonly worker: string
  readonly icon: string
}

function whole(page: string, {style, code, worker, icon}: Parts): string {
  const rules = policy({
    'script-src': hashOf(code),
    'style-src': hashOf(style),
    'img-src': 'blob: data:',
    'connect-src': "'none'",
    'worker-src': 'blob:',
  })
  const replacements: readonly (readonly [RegExp, string])[] = [
    [/<head>/, `<head>\n<meta http-equiv="Content-Security-Policy" content="${rules}">`],
    [/(<link rel="icon" href=")[^"]*/, `$1data:image/svg+xml;base64,${Buffer.from(icon).toString('base64')}`],
    [/<link rel="stylesheet"[^>]*>/, `<style>${style}</style>`],
    [/<script type="module"[^>]*><\/script>/, `<script type="module">${code}</script>`],
    [/<\/body>/, `${block(codeId, worker)}\n${block(licensesId, inScript(licenses()))}\n</body>`],
  ]
  return replacements.reduce((html, [place, text]) => replaced(html, place, text), page)
}

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
const block = (id: string, text: string) => `<script type="text/plain" id="${id}">${text}</script>`

/** What would end or hide a script is written otherwise, as strings in it may be. */
const inScript = (code: string) => code.replace(/<(?=\/script)/gi, '\\x3C').replaceAll('<!--', '\\x3C!--')

function replaced(html: string, place: RegExp, text: string): string {
  const match = place.exec(html)
  if (match === null) throw new Error(`the page has no ${place}`)
  const [found, kept = ''] = match
  return html.slice(0, match.index) + text.replace(/^\$1/, kept) + html.slice(match.index + found.length)
}

function textOf(bundle: Bundle, wanted: RegExp): string {
  const files = Object.values(bundle).filter(({fileName}) => wanted.test(fileName))
  if (files.length !== 1) throw new Error(`${files.length} files of the page are called ${wanted}, and not one`)
  const [file] = files
  return file!.type === 'chunk' ? file!.code : Buffer.from(file!.source).toString()
}
