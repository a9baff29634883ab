import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { hashInputs, unlessMarked } from './input-hash.mjs'
import { inProject } from './project-root.mjs'
import { runCommand, runStep, StepFailure } from './run-step.mjs'

const source = 'prisma/schema.prisma'
const derived = 'prisma/.generated/postgresql/schema.prisma'
const outputs = ['sqlite', 'postgresql'].map((name) => inProject('lib/persistence/generated', name))

/** Makes both database clients from the one schema, unless they are already of this schema.
 * @param {{ force?: boolean }} [options] */
export async function generateClients({ force = false } = {}) {
  const hash = hashInputs([source, 'scripts/prepare/generate-clients.mjs', 'package-lock.json'])
  await unlessMarked({
    mark: inProject('lib/persistence/generated/.inputs'),
    hash,
    outputsExist: () => !force && outputs.every((output) => existsSync(path.join(output, 'client.ts'))),
    make: () => runStep('Generate the database clients', generate),
  })
}

async function generate() {
  mkdirSync(path.dirname(inProject(derived)), { recursive: true })
  writeFileSync(inProject(derived), toPostgresqlSchema(readFileSync(inProject(source), 'utf8')))
  for (const output of outputs) rmSync(output, { recursive: true, force: true })
  await Promise.all([source, derived].map(runPrismaGenerate))
}

/** Prisma has no schema for two providers: the PostgreSQL one is this text with provider and output replaced.
 * @param {string} text */
export function toPostgresqlSchema(text) {
  const replaced = text
    .replace('provider = "sqlite"', 'provider = "postgresql"')
    .replace('"../lib/persistence/generated/sqlite"', '"../../../lib/persistence/generated/postgresql"')
  if (!replaced.includes('"postgresql"') || !replaced.includes('generated/postgresql"')) {
    throw new StepFailure(
      `${source} must name provider = "sqlite" and output ../lib/persistence/generated/sqlite.`,
    )
  }
  return replaced
}

/** @param {string} schema */
async function runPrismaGenerate(schema) {
  await runCommand(
    process.execPath,
    [inProject('node_modules/prisma/build/index.js'), 'generate', '--schema', schema],
    {
      // Any existing executable will do: without it Prisma downloads a native engine that generating never runs.
      env: {
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
        PRISMA_GENERATE_SKIP_AUTOINSTALL: '1',
      },
    },
  )
}
