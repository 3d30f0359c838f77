import {spawn} from 'node:child_process'

/** What opens an address in the browser that somebody prefers. No shell reads the address on the way. */
const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [command: string, ...words: string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}

/** Shows an address in a browser if there is one; if there is none, the address has been printed. */
export function openBrowser(address: string): void {
  const [command, ...words] = openers[process.platform] ?? ['xdg-open']
  const child = spawn(command, [...words, address], {stdio: 'ignore', detached: true})
  child.on('error', () => {})
  child.unref()
}
