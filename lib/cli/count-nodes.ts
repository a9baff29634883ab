import { execFileSync } from 'node:child_process'

/** How many node processes of the shared gateway run below a supervisor, those that drain included; null where the system does not tell. */
export function countNodes(supervisor: number): number | null {
  try {
    const lines = execFileSync('ps', ['-A', '-o', 'ppid=,args='], {
      encoding: 'utf8',
      timeout: 3_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).split('\n')
    return lines.filter(
      (line) =>
        Number.parseInt(line, 10) === supervisor && line.includes('gateway-node.mjs --gateway shared '),
    ).length
  } catch {
    return null
  }
}
