#!/usr/bin/env node
import type { Command } from './command.ts'
import { explainFailure } from './explain-failure.ts'
import { helpText } from './help-text.ts'
import { programVersion } from './program.ts'

/** Loaded when asked for: the supervisor must not carry the packages of commands that it does not run. */
const commands: Record<string, () => Promise<Command>> = {
  up: async () => (await import('./up-command.ts')).upCommand,
  reload: async () => (await import('./reload-command.ts')).reloadCommand,
  console: async () => (await import('./console-command.ts')).consoleCommand,
  gateway: async () => (await import('./gateway-command.ts')).gatewayCommand,
  migrate: async () => (await import('./migrate-command.ts')).migrateCommand,
  migration: async () => (await import('./migration-command.ts')).migrationCommand,
  backup: async () => (await import('./backup-command.ts')).backupCommand,
  restore: async () => (await import('./restore-command.ts')).restoreCommand,
  token: async () => (await import('./token-command.ts')).tokenCommand,
  'rotate-master-key': async () => (await import('./rotate-master-key-command.ts')).rotateMasterKeyCommand,
  doctor: async () => (await import('./doctor-command.ts')).doctorCommand,
}

async function main(given: string[]): Promise<number | undefined> {
  const [name, ...rest] = given
  if (name === '--version' || name === '-v') {
    console.log(programVersion())
    return 0
  }
  const all = () => Promise.all(Object.values(commands).map((load) => load()))
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    console.log(helpText(await all()))
    return 0
  }
  const command = await (Object.hasOwn(commands, name) ? commands[name] : undefined)?.()
  if (command === undefined) {
    console.error(`There is no command "${name}". Run switchyard --help for those there are.`)
    return 2
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    console.log(helpText([command]))
    return 0
  }
  return command.run(rest)
}

try {
  const exitCode = await main(process.argv.slice(2))
  if (exitCode !== undefined) process.exit(exitCode)
} catch (error) {
  const explained = explainFailure(error)
  console.error(explained?.line ?? error)
  process.exit(explained?.exitCode ?? 1)
}
