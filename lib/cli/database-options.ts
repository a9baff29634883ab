import path from 'node:path'
import type { DatabaseOptions } from '@/lib/persistence/database-location.ts'
import { readEnv } from '@/lib/platform/env.ts'

export function databaseOptions(): DatabaseOptions {
  const env = readEnv()
  return { databaseUrl: env.DATABASE_URL, dataDir: path.resolve(env.SWITCHYARD_DATA_DIR) }
}
