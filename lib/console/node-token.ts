import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** From the environment, else `node.token` in the data folder, which whoever starts first makes. */
export async function loadNodeToken(token: string | undefined, dataDir: string): Promise<string> {
  if (token !== undefined) return token
  const file = path.join(dataDir, 'node.token')
  try {
    await writeFile(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return (await readFile(file, 'utf8')).trim()
}
