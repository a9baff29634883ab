import type { ListenersWantedMessage, LoadMessage, ReadyMessage } from '@/lib/platform/process-messages.ts'
import type { ChildProcess, Exit } from './child-process.ts'

export interface ProcessListener {
  spawned?(child: ChildProcess): void
  /** Sent by the child once it serves; once per start. */
  ready?(message: ReadyMessage): void
  /** `isReplacement`: another process of the plan serves meanwhile. */
  listenersWanted?(message: ListenersWantedMessage, child: ChildProcess, isReplacement: boolean): void
  /** Only of the process in charge. */
  load?(message: LoadMessage): void
  /** It takes nothing new any more: it finishes, or has gone. */
  left?(child: ChildProcess): void
  died?(exit: Exit & { restartInMs: number }): void
  /** It asked not to be started again. */
  gaveUp?(): void
}
