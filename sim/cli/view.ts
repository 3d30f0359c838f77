import {once} from 'node:events'
import {exitCode} from './exit-code.ts'
import {commandLine} from './failure.ts'
import * as options from './options.ts'
import {OutputFile} from './output-file.ts'
import type {Request} from './simulation.ts'
import {UserError} from './user-error.ts'
import {verb} from './verb.ts'
import type {Subject} from './view/subject.ts'

export const viewVerb = verb({
  usage: 'view [what]',
  summary: 'Show a release in the browser: what happens in it, and what another way would change',
  takes: {
    what: {
      type: 'string',
      default: 'edge-release',
      describe: 'A scenario, by its file or its name, or a trace that was written by zdr run --trace',
    },
    strategies: {...options.strategies, describe: 'A,B: show these, four at most; by default those that compare shows'},
    seed: options.seed,
    set: options.set,
    port: {
      type: 'string',
      requiresArg: true,
      describe: 'Where to serve the page; by default any port that is free',
      coerce: (typed: unknown) => (typed === undefined ? undefined : portOf(options.once('port', typed))),
    },
    print: {type: 'boolean', describe: 'Only print the address, and open no browser'},
    export: {
      type: 'string',
      requiresArg: true,
      describe: 'Do not serve the page, but write it with its runs into one file that ends in .html',
      coerce: (typed: unknown) => (typed === undefined ? undefined : options.pageName('export', typed)),
    },
  },
  examples: [
    ['zdr view', 'the release of an edge, in four ways'],
    ['zdr view my.yaml --strategies hard-restart,socket-takeover', 'your own, in two'],
    ['zdr view run.json.gz', 'a run that was kept'],
    ['zdr view my.yaml --export my.html', 'a page to send to somebody'],
  ],
  check({export: file, port, print}) {
    if (file !== undefined && (port !== undefined || print))
      throw new UserError(`--export serves nothing, so ${print ? '--print' : '--port'} does not go with it`)
  },
  async perform({what, strategies = [], seed, set = [], port = 0, print, export: out}) {
    const subject = await subjectOf({scenario: what, strategies, seed, set})
    if (out === undefined) await show(subject, port, print !== true)
    else await write(subject, new OutputFile(out))
    return exitCode.done
  },
})

async function subjectOf(request: Request): Promise<Subject> {
  const {openTrace} = await import('./trace-file.ts')
  const trace = openTrace(request.scenario)
  if (trace !== undefined) {
    checkBare(request)
    return (await import('./view/trace-subject.ts')).traceSubject(trace)
  }
  await checkStrategies(request)
  const [{Simulation}, {scenarioSubject}] = await Promise.all([
    import('./simulation.ts'),
    import('./view/scenario-subject.ts'),
  ])
  return scenarioSubject(await Simulation.prepare(request), request)
}

/** A trace is of what has happened, and nothing changes that. */
function checkBare({scenario, strategies, seed, set}: Request): void {
  const [option] = [
    ...(strategies.length > 0 ? ['strategies'] : []),
    ...(seed === undefined ? [] : ['seed']),
    ...(set.length > 0 ? ['set'] : []),
  ]
  if (option !== undefined) throw new UserError(`--${option} is for scenarios, and ${scenario} is a trace of one run`)
}

async function checkStrategies({scenario, strategies}: Request): Promise<void> {
  const [{mostWays}, {isStrategyFile}] = await Promise.all([import('../side-by-side.ts'), import('./strategy-file.ts')])
  const file = strategies.find(isStrategyFile)
  const run = commandLine(['run', scenario, '--strategy', file ?? '', '--trace', 'mine.json.gz'])
  if (file !== undefined)
    throw new UserError(
      `${file} cannot run in a page, which has only the strategies that come with zdr\nA trace can be shown: ${run} && zdr view mine.json.gz`,
    )
  if (strategies.length > mostWays)
    throw new UserError(`--strategies names ${strategies.length}, and a page has room for ${mostWays} side by side`)
}

/** Until somebody interrupts it. */
async function show(subject: Subject, port: number, inBrowser: boolean): Promise<void> {
  const [{serve}, {pageDocuments}, {withReproduction}, {openBrowser}] = await Promise.all([
    import('./server/server.ts'),
    import('./view/page-files.ts'),
    import('./view/reproduction.ts'),
    import('./view/browser.ts'),
  ])
  const {address, documents} = withReproduction(subject)
  const {server, url} = await serve(new Map([...documents, ...pageDocuments()]), port)
  process.stdout.write(`${url}${address}\n`)
  process.stderr.write('Only this machine can open it. Ctrl+C ends it.\n')
  if (inBrowser) openBrowser(url + address)
  await once(server, 'close')
}

async function write(subject: Subject, file: OutputFile): Promise<void> {
  const {pageWith} = await import('./view/page-files.ts')
  const embedded = subject.embedded()
  const page = pageWith(embedded)
  await file.write(page)
  const size = `${(page.length / 1e6).toFixed(1)} MB`
  const note = embedded.runs.length > 0 ? 'it needs no network' : 'its runs are too large for it, so it simulates them'
  process.stdout.write(`Wrote ${file.path}, ${size}: open it in a browser; ${note}.\n`)
}

function portOf(text: string): number {
  const port = options.wholeNumber('port', text)
  if (port >= 1 && port <= 65_535) return port
  throw new UserError(`--port wants 1 to 65535, not '${text}'`)
}
