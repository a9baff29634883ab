import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Report } from './report.ts'

/** Returns the file's path as seen from the project's folder. */
export function writeReport(root: string, report: Report): string {
  const folder = join(root, 'out/bench')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${report.startedAt.replaceAll(':', '-').slice(0, 19)}.json`)
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`)
  return relative(root, file)
}
