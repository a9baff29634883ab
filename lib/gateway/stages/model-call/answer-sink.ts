import type { ProtocolFailure } from '@/lib/protocols/canonical.ts'

/** What becomes of the body of one answer. Calls come in the order take…, then one of complete and broke. */
export interface AnswerSink {
  /** False pauses the answer. */
  take(chunk: Buffer): boolean
  complete(): void
  /** The service broke off. True: the caller has been told, as far as it can be. */
  broke(): boolean
  /** Nobody waits for the answer any more. */
  abandoned?(): void
}

/** What a sink does to the call that it serves. */
export interface AnswerOutlet {
  /** Sends the head; bytes may follow. */
  start(headers: readonly string[]): void
  /** False: the caller wants a rest. */
  write(chunk: Buffer): boolean
  /** The caller's answer is whole. What else the service may send is left out. */
  finish(): void
  /** As `finish`, where the service is not to go on. */
  cut(): void
  /** The answer is nothing that can be relayed; nothing of it has gone out. */
  refuse(error: Error): void
  /** The same, where the service says itself what is wrong. `original`: its own words, in the caller's format. */
  fail(failure: ServiceFailure): void
  /** The first content has come. */
  contentCame(): void
  /** The service may go on, after a chunk that was told to pause it. */
  resume(): void
}

export interface ServiceFailure {
  readonly status: number
  /** What the JSON of the answer held; undefined where it was none. */
  readonly body: unknown
  readonly bytes: Buffer
  /** As sent; empty where nothing was said. */
  readonly contentType: string
  /** Of a stream, where it is read already. */
  readonly failure: ProtocolFailure | null
}
