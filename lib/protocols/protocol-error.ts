/** A body or a frame that its format does not allow. The message says what and where, and never quotes content. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
  /** The field at fault, such as `messages[2].content`; null for the whole. */
  readonly param: string | null

  constructor(message: string, param: string | null = null) {
    super(message)
    this.param = param
  }
}
