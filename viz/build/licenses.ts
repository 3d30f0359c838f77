import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {Plugin} from 'vite'

/** Folders of the packages of which something is in what is built. */
const packages = new Set<string>()

/** The part of a path that leads to the folder of a package. */
const packageFolder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/

/** Notes what a bundle holds of other people's code; for workers, whose bundles are made before that of the page. */
export const noteLicenses = (): Plugin => ({
  name: 'note-licenses',
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === 'chunk')
        for (const id of Object.keys(file.modules).filter(id => file.modules[id]!.renderedLength > 0)) {
          const folder = packageFolder.exec(id.replace(/^\0/, ''))?.[0]
          if (folder !== undefined) packages.add(folder)
        }
  },
})

/** Writes the licenses of what the page and its workers hold beside them, as these licenses ask. */
export const writeLicenses: Plugin = {
  name: 'write-licenses',
  generateBundle: {
    order: 'post',
    handler() {
      this.emitFile({type: 'asset', fileName: 'licenses.md', source: licenses()})
    },
  },
}

export const licenses = (): string =>
  ['# Licenses of what is bundled here', ...[...packages].sort().map(licenseOf)].join('\n\n')

function licenseOf(folder: string): string {
  const {name, version, license} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find(it => /^licen[cs]e/i.test(it))
  const text = file === undefined ? '' : `\n\n${readFileSync(join(folder, file), 'utf8').trim()}`
  return `## ${name} ${version} (${license})${text}`
}
