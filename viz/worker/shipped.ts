import type {Scenario} from '../../sim/scenario/scenario.ts'

/** A scenario, and the plain data of its file with what was set over it. */
export interface Parsed {
  readonly scenario: Scenario
  readonly root: unknown
}

/** The scenarios that come with zdr, parsed and checked when the page was built. */
const files = import.meta.glob<Parsed>('../../scenarios/*.yaml')

/** A shipped scenario; undefined if there is none of that name. */
export const shipped = async (name: string): Promise<Parsed | undefined> => files[`../../scenarios/${name}.yaml`]?.()
