import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds `prisma/migrations`, whether this runs from source, from `dist/` or from a bundle. */
export function findPackageRoot(): string {
  for (const start of [path.dirname(fileURLToPath(import.meta.url)), process.cwd()]) {
    for (let folder = start; ; folder = path.dirname(folder)) {
      if (existsSync(path.join(folder, 'prisma', 'migrations'))) return folder
      if (folder === path.dirname(folder)) break
    }
  }
  throw new Error('The folder prisma/migrations is missing: install Switchyard again.')
}
