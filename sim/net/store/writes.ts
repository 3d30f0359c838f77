/** Every write that some node has executed, by a serial number from 1: a higher one is the newer version of its key. */
export class Writes {
  readonly keys: number
  private readonly ofKey: number[] = [0]
  private readonly ofCommand: number[] = [0]
  private readonly acks: boolean[] = [false]
  /** Of each key the newest write that a client knows of. */
  private readonly newest: Float64Array

  constructor(keys: number) {
    this.keys = keys
    this.newest = new Float64Array(keys)
  }

  /** Its serial number. */
  execute(key: number, command: number): number {
    this.ofKey.push(key)
    this.acks.push(false)
    return this.ofCommand.push(command) - 1
  }

  /** The client has its answer. */
  acknowledge(serial: number): void {
    this.acks[serial] = true
    const key = this.ofKey[serial]!
    this.newest[key] = Math.max(this.newest[key]!, serial)
  }

  keyOf(serial: number): number {
    return this.ofKey[serial]!
  }

  /** What was asked for; who asks for it twice has it executed twice. */
  commandOf(serial: number): number {
    return this.ofCommand[serial]!
  }

  /** Serial numbers of all that clients know of. */
  get acknowledged(): number[] {
    return [...this.acks.keys()].filter(serial => this.acks[serial])
  }

  newestOf(key: number): number {
    return this.newest[key]!
  }
}
