import {codeId} from '../embedded.ts'

/** A worker with the simulator in it: from its own file, or in a page that is a single file, from there. */
export function startWorker(): Worker {
  const code = document.getElementById(codeId)?.textContent
  if (code === undefined || code === null) return new Worker(new URL('./worker.ts', import.meta.url), {type: 'module'})
  return new Worker(URL.createObjectURL(new Blob([code], {type: 'text/javascript'})), {type: 'module'})
}
