import { readdirSync, rmSync } from 'node:fs'
import path from 'node:path'

/** Removes what the nodes of a gateway have stored: it has gone, and its tokens need not stay on disk. */
export function forgetSnapshots(dataDir: string, gatewayId: string): void {
  const folder = path.join(dataDir, 'nodes')
  try {
    for (const name of readdirSync(folder)) {
      if (name.startsWith(`${gatewayId}.`)) rmSync(path.join(folder, name), { force: true })
    }
  } catch {
    // No node has stored anything yet, or the folder is read-only: the next start of the gateway overwrites it.
  }
}
