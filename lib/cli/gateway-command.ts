import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { readEnv } from '@/lib/platform/env.ts'
import { CliError } from './cli-error.ts'
import type { Command } from './command.ts'
import { ensureDataDir, ensureNodeId } from './data-dir.ts'
import { programFile } from './program.ts'

export const gatewayCommand: Command = {
  name: 'gateway',
  usage: '--id <gateway> [--node <id>]',
  summary: 'Run one node of a gateway alone, in this process.',
  async run(given) {
    const { values } = parseArgs({
      args: given,
      options: { id: { type: 'string' }, node: { type: 'string' } },
    })
    if (values.id === undefined) throw new CliError('Name the gateway: switchyard gateway --id shared.')
    const dataDir = path.resolve(readEnv().SWITCHYARD_DATA_DIR)
    ensureDataDir(dataDir)
    const node = values.node ?? ensureNodeId(dataDir)
    const program = programFile('gateway-node')
    // The node's program reads its arguments at import: two programs stay two bundles, and one process is enough.
    process.argv.splice(1, process.argv.length, program, '--gateway', values.id, '--node', node)
    await import(pathToFileURL(program).href)
    return undefined
  },
}
