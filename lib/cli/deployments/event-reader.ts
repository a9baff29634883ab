/** The field lines of an event stream (WHATWG HTML, 9.2.6) that are used here: `event`, `data`, and comments. */

const textMax = 16 * 1024 * 1024

export class EventReader {
  readonly #onEvent: (event: string, data: string) => void
  readonly #decoder = new TextDecoder()
  #rest = ''
  #event = ''
  #data: string[] = []
  #length = 0

  constructor(onEvent: (event: string, data: string) => void) {
    this.#onEvent = onEvent
  }

  /** Throws where an event is too long to be one of ours. */
  feed(bytes: Uint8Array): void {
    const lines = (this.#rest + this.#decoder.decode(bytes, { stream: true })).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#take(line.endsWith('\r') ? line.slice(0, -1) : line)
    if (this.#rest.length + this.#length > textMax) throw new Error('An event of the console is too long.')
  }

  #take(line: string): void {
    if (line === '') {
      const [event, data] = [this.#event, this.#data.join('\n')]
      this.#event = ''
      this.#data = []
      this.#length = 0
      if (event !== '') this.#onEvent(event, data)
      return
    }
    const [, field, value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? []
    if (field === 'event') this.#event = value
    if (field !== 'data') return
    this.#data.push(value)
    this.#length += value.length
  }
}
