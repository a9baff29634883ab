import { randomBytes } from 'node:crypto'
import { copyFile, open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { closeDatabase, type Database, openDatabase } from './database.ts'
import type { DatabaseOptions } from './database-location.ts'
import { loadMasterKey, MasterKeyError, nextKeyName, parseMasterKey } from './master-key.ts'
import { ResealError, resealSecrets } from './reseal-secrets.ts'

export interface RotationTexts {
  /** Of the environment; undefined: the key is `master.key` in the data folder. */
  readonly present: string | undefined
  /** Needed where the present one comes from the environment. */
  readonly next: string | undefined
}

export interface Rotation {
  /** Secrets that were sealed anew. */
  readonly count: number
  /** Where the old key is kept for backups that need it; null where it was not in a file. */
  readonly oldKeyFile: string | null
}

/**
 * Seals all secrets with a new master key and puts it in the old one's place. Nothing else may use the database
 * meanwhile. Cut off anywhere, the next run finishes what this one began: the new key is on the disk before the
 * database needs it, and programs do not start in between.
 */
export async function rotateMasterKey(
  options: DatabaseOptions,
  { present, next }: RotationTexts,
  now: Date,
): Promise<Rotation> {
  if (present !== undefined) {
    if (next === undefined) {
      throw new MasterKeyError(
        'The master key is in SWITCHYARD_MASTER_KEY, so the new one must be given: set SWITCHYARD_NEW_MASTER_KEY to 32 bytes in base64 or hex, for example from: openssl rand -base64 32',
      )
    }
    const from = parseMasterKey(present, 'SWITCHYARD_MASTER_KEY')
    const to = parseMasterKey(next, 'SWITCHYARD_NEW_MASTER_KEY')
    return { count: await reseal(options, from, to), oldKeyFile: null }
  }
  const file = path.join(options.dataDir, 'master.key')
  const nextFile = path.join(options.dataDir, nextKeyName)
  const from = await loadMasterKey(undefined, options.dataDir, { isRotating: true })
  const to = await keyToBe(nextFile, next)
  const count = await reseal(options, from, to).catch(async (error: unknown) => {
    // Nothing was sealed with it, so nothing shall wait for it.
    if (error instanceof ResealError) await rm(nextFile)
    throw error
  })
  const oldKeyFile = `${file}.${now.toISOString().slice(0, 19).replaceAll(':', '')}`
  await copyFile(file, oldKeyFile)
  await rename(nextFile, file)
  return { count, oldKeyFile }
}

/** Written to the disk for good before anything is sealed with it. That of a rotation which was cut off is taken up again. */
async function keyToBe(file: string, given: string | undefined): Promise<Buffer> {
  const key = given === undefined ? randomBytes(32) : parseMasterKey(given, 'SWITCHYARD_NEW_MASTER_KEY')
  try {
    const handle = await open(file, 'wx', 0o600)
    try {
      await handle.writeFile(`${key.toString('base64')}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
    return key
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    return parseMasterKey(await readFile(file, 'utf8'), file)
  }
}

async function reseal(options: DatabaseOptions, from: Buffer, to: Buffer): Promise<number> {
  const database = await openDatabase(options)
  try {
    return await resealSecrets(database, { from, to })
  } catch (error) {
    if (error instanceof ResealError && (await isDone(database, to))) return 0
    throw error
  } finally {
    await closeDatabase(database)
  }
}

/** A rotation that was cut off after the database had changed. */
async function isDone(database: Database, key: Buffer): Promise<boolean> {
  try {
    await resealSecrets(database, { from: key, to: key })
    return true
  } catch (error) {
    if (error instanceof ResealError) return false
    throw error
  }
}
