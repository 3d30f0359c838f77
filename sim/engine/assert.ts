/** An error of ours, never of whoever wrote the scenario or the strategy. */
export class Bug extends Error {
  override readonly name = 'Bug'
}

/** Throws a Bug unless `condition` is true. A message that costs something to make is given as a function. */
export function assert(condition: boolean, message: string | (() => string)): asserts condition {
  if (!condition) throw new Bug(typeof message === 'string' ? message : message())
}
