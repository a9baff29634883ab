import { writeReloadLog } from './reload-log.ts'

export interface ReloadOnDemandOptions {
  readonly dataDir: string
  /** Resolves with whether it went well. */
  run(say: (line: string) => void): Promise<boolean>
  readonly say: (line: string) => void
}

/** Returns what asks for a reload. One goes on at a time; asked for meanwhile, another follows, for newer programs. */
export function reloadOnDemand({ dataDir, run, say }: ReloadOnDemandOptions): () => void {
  let isRunning = false
  let isWanted = false
  const once = async () => {
    const log = { beganAt: Date.now(), lines: [] as string[], succeeded: null as boolean | null }
    const note = (line: string) => {
      say(line)
      log.lines.push(line)
      writeReloadLog(dataDir, log)
    }
    try {
      log.succeeded = await run(note)
    } catch (error) {
      note(error instanceof Error ? error.message : String(error))
      log.succeeded = false
    }
    writeReloadLog(dataDir, log)
  }
  return async () => {
    isWanted = true
    if (isRunning) return
    isRunning = true
    while (isWanted) {
      isWanted = false
      await once().catch((error) => say(`The reload could not be noted down: ${String(error)}`))
    }
    isRunning = false
  }
}
