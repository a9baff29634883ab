import pino, { type Logger } from 'pino'

export type { Logger }

/** Headers and fields that must never reach a log, wherever they are nested one level deep. */
const redactedPaths = [
  'authorization',
  '*.authorization',
  'cookie',
  '*.cookie',
  'token',
  '*.token',
  'password',
  '*.password',
  'apiKey',
  '*.apiKey',
  'secret',
  '*.secret',
]

/** JSON lines on standard output. pino escapes control characters, so a value cannot forge a line. */
export function createLogger(name: string, level: string): Logger {
  return pino({ name, level, redact: { paths: redactedPaths, censor: '[redacted]' } })
}
