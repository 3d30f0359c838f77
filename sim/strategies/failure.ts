/** A strategy's own code has failed: its author's mistake, not the simulator's. */
export class StrategyFailure extends Error {
  readonly strategy: string

  constructor(strategy: string, cause: unknown) {
    super(`the strategy ${strategy} failed: ${cause instanceof Error ? cause.message : String(cause)}`, {cause})
    this.strategy = strategy
  }
}
