/** A shipped scenario as the gallery shows it. */
export interface Exhibit {
  readonly name: string
  readonly title: string
  readonly question: string
  /** The room of the gallery that it hangs in. */
  readonly room: string
  /** What is compared unless somebody says otherwise. */
  readonly usual: readonly string[]
  /** The strategy of its first release. */
  readonly own?: string
  /** Strategies and presets that suit it. */
  readonly choices: readonly string[]
}
