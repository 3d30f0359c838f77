import type {ScenarioError} from '../../../sim/scenario/error.ts'
import type {Desk, Sheet} from '../../desk/desk.ts'
import type {Lane} from '../../desk/run.ts'
import type {Source} from '../../worker/messages.ts'

/** What somebody has changed of the sheet on the desk: each change is simulated at once, and those that are wrong stay here. */
export class Draft {
  readonly #desk: Desk
  /** What was typed last, if it is not on the desk. */
  #pending: Sheet | undefined

  constructor(desk: Desk) {
    this.#desk = desk
    desk.sheet.watch(() => {
      this.#pending = undefined
    })
  }

  get sheet(): Sheet | undefined {
    return this.#pending ?? this.#desk.sheet.value
  }

  /** The value that was set at a path, if one was. */
  valueOf(path: string): string | undefined {
    return this.sheet?.source.sets.find(set => set.startsWith(`${path}=`))?.slice(path.length + 1)
  }

  /** Sets a value over the file's own; without one the file's own counts again. */
  set(path: string, value: string | undefined): void {
    const {sheet} = this
    if (sheet === undefined) return
    const others = sheet.source.sets.filter(set => !set.startsWith(`${path}=`))
    this.#show({source: {...sheet.source, sets: value === undefined ? others : [...others, `${path}=${value}`]}})
  }

  /** The file itself, changed. */
  write(text: string): void {
    if (this.sheet !== undefined) this.#show({source: {...this.sheet.source, text}})
  }

  seed(seed: number): void {
    this.#show({seed})
  }

  lanes(lanes: readonly Lane[]): void {
    if (this.#pending === undefined) this.#desk.setLanes(lanes)
    else this.#show({lanes})
  }

  #show(change: {source?: Source; seed?: number; lanes?: readonly Lane[]}): void {
    if (this.sheet === undefined) return
    this.#pending = {...this.sheet, ...change}
    void this.#desk.show(this.#pending)
  }
}

/** The first thing that is wrong with the value at a path. */
export const wrongAt = (errors: readonly ScenarioError[], path: string): ScenarioError | undefined =>
  errors.find(error => error.path === path || error.path.startsWith(`${path}.`) || error.set?.startsWith(`${path}=`))

export const complaint = ({found, wanted}: ScenarioError): string => `found ${found}, wanted ${wanted}`
