import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'

export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError'
}

/** The key that a rotation puts in the place of `master.key`; there only until the rotation is over. */
export const nextKeyName = 'master.key.next'

/** Throws `MasterKeyError`: in the middle of a rotation nobody knows which key the secrets are sealed with. */
export function refuseDuringRotation(dataDir: string): void {
  if (!existsSync(path.join(dataDir, nextKeyName))) return
  throw new MasterKeyError(
    `A rotation of the master key in ${dataDir} was cut off. Finish it: switchyard rotate-master-key`,
  )
}

/** 32 bytes from the environment's text, else from `master.key` in the data folder, which is made on first start. */
export async function loadMasterKey(
  text: string | undefined,
  dataDir: string,
  { isRotating }: { isRotating: boolean } = { isRotating: false },
): Promise<Buffer> {
  if (text !== undefined) return parseMasterKey(text, 'SWITCHYARD_MASTER_KEY')
  if (!isRotating) refuseDuringRotation(dataDir)
  const file = path.join(dataDir, 'master.key')
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  try {
    // Exclusive, so that two programs starting at once end up with the same key.
    await writeFile(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
    await chmod(file, 0o600)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  await refuseLooseMode(file)
  return parseMasterKey(await readFile(file, 'utf8'), file)
}

async function refuseLooseMode(file: string): Promise<void> {
  const mode = (await stat(file)).mode & 0o777
  if ((mode & 0o077) === 0) return
  throw new MasterKeyError(
    `${file} has mode 0${mode.toString(8)}, so others can read the key that seals every secret. Run: chmod 600 ${file}`,
  )
}

/** Throws `MasterKeyError`, which names the source, on anything but 32 bytes in base64 or hex. */
export function parseMasterKey(text: string, source: string): Buffer {
  const trimmed = text.trim()
  const key = /^[0-9a-f]{64}$/i.test(trimmed) ? Buffer.from(trimmed, 'hex') : Buffer.from(trimmed, 'base64')
  if (key.length !== 32) throw new MasterKeyError(`${source} must hold 32 bytes in base64 or hex.`)
  return key
}
