import {accounts} from './laws/accounts.ts'
import {crowds} from './laws/crowds.ts'
import {forks} from './laws/forks.ts'
import type {Law} from './laws/law.ts'
import {promises} from './laws/promises.ts'
import {repetition} from './laws/repetition.ts'
import {traces} from './laws/traces.ts'

/** Written once, and applied to every strategy there is. */
export const laws: readonly Law[] = [...accounts, ...repetition, ...crowds, ...forks, ...promises, ...traces]
