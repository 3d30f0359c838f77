/** The name of a scenario's own way, where that is not a single strategy. */
export const asWritten = 'as written'
