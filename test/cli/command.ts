import {execFile} from 'node:child_process'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {onTestFinished} from 'vitest'

/** What `npm run build` makes of sim/cli/main.ts. */
export const built = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

export interface Answer {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the built command in a folder, as a shell without a terminal does. */
export function zdr(folder: string, ...words: readonly string[]): Promise<Answer> {
  return new Promise(resolve => {
    execFile(process.execPath, [built, ...words], {cwd: folder, maxBuffer: 2 ** 26}, (error, stdout, stderr) => {
      resolve({code: error ? Number(error.code) : 0, stdout, stderr})
    })
  })
}

/** A folder for one test, with files in it. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'zdr-cli-'))
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

/** Two hosts that are killed and started again, one after the other: 100/s × 1/2 × 1 s, twice, are refused. */
export const small = `
title: A small edge
question: How many are refused?
end: 20s
tiers:
  edge: {kind: server, hosts: 2, cores: 2, boot: 1s, behind: {l4lb: {}}}
traffic:
  web: {kind: http, to: edge, rate: 100/s, service: 1ms}
release:
  edge: {strategy: hard-restart, at: 2s, options: {batch: 1}}
expect:
  traffic.web.refused: {is: 100, within: 50%}
`

/** As `small`, and ten times that many are expected. */
export const unmet = small.replace('is: 100', 'is: 1000')

/** A strategy of one's own, whose hosts are restarted by these lines. */
export const strategyFile = (name: string, ...lines: readonly string[]) => `
import {batches, inBatches, strategy, type Process} from 'zdr'

const options = {...batches} as const

export const mine = strategy({
  name: '${name}',
  summary: 'Boot beside, pass the sockets, kill.',
  suits: ['server'],
  options,
  release: inBatches<typeof options>(function* (host) {
    const old: Process = host.current
${lines.map(line => `    ${line}`).join('\n')}
  }),
})
`
export const takeover = strategyFile(
  'mine',
  'const fresh = yield* host.boot()',
  'old.passSockets(fresh)',
  'fresh.answerHealthChecks()',
  'old.kill()',
)
