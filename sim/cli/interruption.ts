const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Does what somebody may interrupt. At the first signal the work is told by its AbortSignal, has the time that it takes to
 * leave things in order, and then the program ends as the signal would have ended it; a second one ends it at once.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  let caught: NodeJS.Signals | undefined
  const listener = (signal: NodeJS.Signals) => {
    caught = signal
    callOff()
    controller.abort()
  }
  const callOff = () => {
    for (const signal of signals) process.off(signal, listener)
  }
  for (const signal of signals) process.on(signal, listener)
  try {
    return await work(controller.signal)
  } finally {
    callOff()
    if (caught !== undefined) await endedBy(caught)
  }
}

/** Does not come back. */
function endedBy(signal: NodeJS.Signals): Promise<never> {
  process.kill(process.pid, signal)
  return new Promise(() => {})
}
