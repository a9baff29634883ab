import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of package.json: above `dist/` in a bundle, above `lib/` in tests. */
export const programRoot = findProgramRoot(path.dirname(fileURLToPath(import.meta.url)))

export function programFile(name: 'switchyard' | 'gateway-node' | 'name-server' | 'model-server'): string {
  return path.join(programRoot, 'dist', `${name}.mjs`)
}

export function programVersion(): string {
  return JSON.parse(readFileSync(path.join(programRoot, 'package.json'), 'utf8')).version
}

function findProgramRoot(start: string): string {
  for (let folder = start; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'package.json'))) return folder
  }
  throw new Error('package.json is missing: install Switchyard again.')
}
