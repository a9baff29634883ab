import { parseArgs } from 'node:util'
import { readEnv } from '@/lib/platform/env.ts'
import type { Command } from './command.ts'

export const upCommand: Command = {
  name: 'up',
  usage: '[--demo]',
  summary: 'Run the console and the gateways of this host; --demo adds sample model servers and services.',
  async run(given) {
    const { values } = parseArgs({ args: given, options: { demo: { type: 'boolean', default: false } } })
    const { runInstallation } = await import('./installation.ts')
    return runInstallation(readEnv(), { demo: values.demo })
  },
}
