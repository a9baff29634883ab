import { parseArgs } from 'node:util'
import { readEnv } from '@/lib/platform/env.ts'
import type { Command } from './command.ts'

export const consoleCommand: Command = {
  name: 'console',
  summary: 'Run the console alone, in this process.',
  async run(given) {
    const { values } = parseArgs({ args: given, options: { listeners: { type: 'string', default: 'bind' } } })
    const env = readEnv()
    const { runConsole } = await import('./console.ts')
    await runConsole(env, { listeners: values.listeners === 'ipc' ? 'ipc' : 'bind' })
    return undefined
  },
}
