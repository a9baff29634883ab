import { spawn } from 'node:child_process'
import { CliError } from './cli-error.ts'
import { programFile, programRoot } from './program.ts'

/** In a short process, so that the supervisor never carries the database's packages. */
export async function migrateInChild(env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, [programFile('switchyard'), 'migrate'], {
    cwd: programRoot,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-20_000)
    })
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  if (code !== 0) throw new CliError(said.trim() || 'The database could not be brought up to date.')
}
