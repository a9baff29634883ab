import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Runs a command line exactly as it was shown, in bash, with the variables given. */
export async function runInBash(
  snippet: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', snippet], {
    env: { ...process.env, ...env },
    timeout: 30_000,
  })
  return stdout
}
