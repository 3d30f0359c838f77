import {codeId} from '../embedded.ts'

let address: string | undefined

/** A worker with the simulator in it: from its own file, or in a page that is a single file, from there. */
export function startWorker(): Worker {
  const code = document.getElementById(codeId)?.textContent
  if (code === undefined || code === null) return new Worker(new URL('./worker.ts', import.meta.url), {type: 'module'})
  address ??= URL.createObjectURL(new Blob([code], {type: 'text/javascript'}))
  // No module, for Chromium starts none from a Blob where the page was opened as a file.
  return new Worker(address)
}
