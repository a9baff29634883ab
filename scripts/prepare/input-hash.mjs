import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { inProject } from './project-root.mjs'

/** One hash over the names and contents of every file given, so that a touched but equal file rebuilds nothing.
 * @param {string[]} paths files and folders, relative to the project; missing ones count as absent
 * @param {(file: string) => boolean} [counts] which files inside folders matter
 * @param {string} [root] */
export function hashInputs(paths, counts = () => true, root = inProject()) {
  const hash = createHash('sha256')
  for (const file of paths.flatMap((entry) => listFiles(root, entry)).filter(counts)) {
    hash.update(`${file}\0`)
    hash.update(readFileSync(path.join(root, file)))
    hash.update('\0')
  }
  return hash.digest('hex')
}

/** @param {string} root @param {string} entry @returns {string[]} */
export function listFiles(root, entry) {
  const stats = statSync(path.join(root, entry), { throwIfNoEntry: false })
  if (!stats) return []
  if (!stats.isDirectory()) return [entry]
  return readdirSync(path.join(root, entry))
    .filter((name) => name !== 'node_modules' && name !== '.DS_Store')
    .sort()
    .flatMap((name) => listFiles(root, path.posix.join(entry, name)))
}

/** Runs `make` unless the mark left by the last success says that these inputs were already used.
 * @param {{ mark: string, hash: string, make: () => Promise<void>, outputsExist?: () => boolean }} options */
export async function unlessMarked({ mark, hash, make, outputsExist = () => true }) {
  if (readMark(mark) === hash && outputsExist()) return false
  await make()
  mkdirSync(path.dirname(mark), { recursive: true })
  writeFileSync(mark, `${hash}\n`)
  return true
}

/** @param {string} mark */
export function readMark(mark) {
  try {
    return readFileSync(mark, 'utf8').trim()
  } catch {
    return null
  }
}

/** Sources of programs: everything but tests, which change often and are never shipped.
 * @param {string} file */
export function isProgramSource(file) {
  return !/\.test\.tsx?$|(^|\/)__(fixtures|golden)__\/|^lib\/persistence\/generated\//.test(file)
}
