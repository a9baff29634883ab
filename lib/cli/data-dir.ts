import { randomBytes } from 'node:crypto'
import { accessSync, chmodSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { refuseDuringRotation } from '@/lib/persistence/master-key.ts'
import { createId } from '@/lib/platform/id.ts'
import { CliError } from './cli-error.ts'

/** Makes the data folder readable by this user alone. Throws where nothing can be written. */
export function ensureDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    accessSync(dataDir, constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw new CliError(
      `The data folder ${dataDir} is not writable. Change its owner, or set SWITCHYARD_DATA_DIR to another folder.`,
      { cause },
    )
  }
}

/** Reads `<name>` in the data folder, making it with `make` first. Mode 0600, whatever it was before. */
export function ensureSecretFile(dataDir: string, name: string, make: () => string): string {
  const file = path.join(dataDir, name)
  try {
    // Exclusive, so that two programs starting at once end up with the same secret.
    writeFileSync(file, `${make()}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    chmodSync(file, 0o600)
  }
  const secret = readFileSync(file, 'utf8').trim()
  if (secret === '') {
    throw new CliError(
      `${file} is empty. Restore it from a backup, or remove it if this installation is new.`,
    )
  }
  return secret
}

export function ensureMasterKey(dataDir: string): string {
  refuseDuringRotation(dataDir)
  return ensureSecretFile(dataDir, 'master.key', () => randomBytes(32).toString('base64'))
}

export function ensureNodeToken(dataDir: string): string {
  return ensureSecretFile(dataDir, 'node.token', () => randomBytes(32).toString('base64url'))
}

/** The shared gateway's nodes keep their names over restarts, so that the console knows them again. */
export function ensureNodeId(dataDir: string): string {
  return ensureSecretFile(dataDir, 'node.id', () => createId('node'))
}

export function ensureDemoToken(dataDir: string): string {
  return ensureSecretFile(dataDir, 'demo.token', () => `demo_${randomBytes(32).toString('base64url')}`)
}
