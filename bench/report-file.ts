import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Returns the file's path as seen from the project's folder. */
export function writeReport(
  root: string,
  kind: 'bench' | 'soak',
  report: { readonly startedAt: string },
): string {
  const folder = join(root, 'out', kind)
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${report.startedAt.replaceAll(':', '-').slice(0, 19)}.json`)
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`)
  return relative(root, file)
}
