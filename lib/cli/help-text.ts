import type { Command } from './command.ts'

export function helpText(commands: readonly Command[]): string {
  const rows = commands.map(({ name, usage, summary }) => [
    usage === undefined ? name : `${name} ${usage}`,
    summary,
  ])
  const width = Math.max(...rows.map(([left]) => left?.length ?? 0)) + 2
  const lines = rows.map(([left, right]) => `  ${(left ?? '').padEnd(width)}${right}`)
  return ['Usage: switchyard <command>', '', ...lines, '', 'Variables: docs/configuration.md'].join('\n')
}
