import { EnvError } from '@/lib/platform/env.ts'
import { CliError } from './cli-error.ts'

const configurationErrors = new Set([
  'DatabaseMissing',
  'DatabaseUrlError',
  'MigrationError',
  'BackupError',
  'MasterKeyError',
])

/** Turns whatever was thrown into one line for the terminal and an exit code; null: a bug, whose stack is wanted. */
export function explainFailure(error: unknown): { line: string; exitCode: number } | null {
  if (error instanceof CliError) return { line: error.message, exitCode: error.exitCode }
  if (error instanceof EnvError) return { line: error.message, exitCode: 2 }
  const misread = explainArguments(error)
  if (misread !== null) return { line: misread, exitCode: 2 }
  for (const cause of causes(error)) {
    if (configurationErrors.has(cause.name)) return { line: cause.message, exitCode: 2 }
    const line = explainCode(cause)
    if (line !== null) return { line, exitCode: 1 }
  }
  return null
}

function* causes(error: unknown): Generator<Error & Record<string, unknown>> {
  let current = error
  for (let depth = 0; depth < 8 && current instanceof Error; depth++) {
    yield current as Error & Record<string, unknown>
    if (current instanceof AggregateError) current = current.errors[0]
    else current = current.cause
  }
}

/** parseArgs says in its first sentence what it did not understand. */
function explainArguments(error: unknown): string | null {
  if (!(error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')))
    return null
  return `${error.message.split('. ')[0]}. Run switchyard --help.`
}

function explainCode(error: Error & Record<string, unknown>): string | null {
  const place = typeof error['path'] === 'string' ? error['path'] : 'the disk'
  switch (error['code']) {
    case 'ENOSPC':
      return `No space is left for ${place}. Free some and start again.`
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return `${place} is not writable by this user. Change its owner, or set SWITCHYARD_DATA_DIR to another folder.`
    default:
      return null
  }
}
