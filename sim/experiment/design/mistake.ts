/** What was asked for cannot be laid out; the message says what would do. */
export class DesignMistake extends Error {
  override readonly name = 'DesignMistake'
}
