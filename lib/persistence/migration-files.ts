import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { MigrationList } from '@prisma/schema-engine-wasm'
import type { DatabaseKind } from './database.ts'
import { findPackageRoot } from './package-root.ts'

export const noFilter = { externalTables: [], externalEnums: [] }

export function migrationsFolder(kind: DatabaseKind): string {
  return path.join(findPackageRoot(), 'prisma', 'migrations', kind)
}

/** The migrations of one database in the form that the schema engine reads, oldest first. */
export async function readMigrations(kind: DatabaseKind): Promise<MigrationList> {
  const baseDir = migrationsFolder(kind)
  const entries = await readdir(baseDir, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  const migrationDirectories = await Promise.all(
    names.sort().map(async (name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: await readFile(path.join(baseDir, name, 'migration.sql'), 'utf8'),
        },
      },
    })),
  )
  const lockfile = { path: 'migration_lock.toml', content: `provider = "${kind}"\n` }
  return { baseDir, lockfile, shadowDbInitScript: '', migrationDirectories }
}
