import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'

export type { SchemaEngine }

let loading: Promise<typeof SchemaEngine> | undefined

/** Prisma's migration engine as WebAssembly: no native binary, no download. Free it after use. */
export async function startSchemaEngine(
  factory: SqlMigrationAwareDriverAdapterFactory,
): Promise<SchemaEngine> {
  loading ??= loadEngine()
  const engine = await loading
  return engine.new({ datamodels: undefined }, noProgress, bindMigrationAwareSqlAdapterFactory(factory))
}

function noProgress(): void {}

/** Node 20 cannot import a .wasm file, so the package's own entry is repeated by hand. */
async function loadEngine(): Promise<typeof SchemaEngine> {
  const bindings: EngineBindings = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = await readFile(path.join(path.dirname(entry), 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': bindings as never })
  bindings.__wbg_set_wasm(instance.exports)
  ;(instance.exports['__wbindgen_start'] as () => void)()
  return bindings.SchemaEngine
}

interface EngineBindings {
  readonly SchemaEngine: typeof SchemaEngine
  readonly __wbg_set_wasm: (wasm: WebAssembly.Exports) => void
}
