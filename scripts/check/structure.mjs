import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

const bannedNames = new Set(['utils', 'helpers', 'common', 'misc', 'shared', 'types', 'index'])
const suppression = /@ts-(ignore|expect-error|nocheck)|biome-ignore|eslint-disable/
const scriptsMax = 15
const linesMax = 300

/** What the compiler and the linter do not see. One line for each finding.
 * @param {string} root */
export function findStructureFaults(root) {
  const files = trackedFiles(root)
  return [
    ...findBannedNames(files),
    ...findSuppressions(root, files),
    ...findDeadPaths(root, files),
    ...countScripts(root),
    ...compareVariables(root),
  ]
}

/** Also what is not yet committed, but nothing that git ignores.
 * @param {string} root */
export function trackedFiles(root) {
  const given = ['ls-files', '--cached', '--others', '--exclude-standard', '-z']
  return execFileSync('git', given, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 })
    .split('\0')
    .filter((file) => file !== '' && existsSync(path.join(root, file)))
}

/** @param {string[]} files */
export function findBannedNames(files) {
  return files
    .filter(
      (file) => /\.(ts|tsx|mjs|js)$/.test(file) && bannedNames.has(path.basename(file).split('.')[0] ?? ''),
    )
    .map((file) => `${file}: name a file after what it exports`)
}

/** @param {string} root @param {string[]} files */
function findSuppressions(root, files) {
  return files
    .filter((file) => /\.(ts|tsx)$/.test(file) && !/\.test\.tsx?$|\/testing\//.test(file))
    .flatMap((file) =>
      linesOf(root, file).flatMap((line, index) =>
        suppression.test(line) ? [`${file}:${index + 1}: silences a check`] : [],
      ),
    )
}

/** @param {string} root @param {string[]} files */
function findDeadPaths(root, files) {
  return files
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) => deadPathsOf(root, file, readFileSync(path.join(root, file), 'utf8')))
}

/** Links, and paths in backticks that begin with a folder of ours.
 * @param {string} root @param {string} file @param {string} text */
export function deadPathsOf(root, file, text) {
  const links = [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)]
    .map((match) => match[1] ?? '')
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => path.posix.join(path.posix.dirname(file), target))
  const named = [
    ...text.matchAll(/`((?:app|components|lib|prisma|e2e|bench|scripts|docs)\/[^`\s*…<{]*)`/g),
  ].map((match) => match[1] ?? '')
  return [...new Set([...links, ...named])]
    .filter((target) => !existsSync(path.join(root, target)))
    .map((target) => `${file}: ${target} does not exist`)
}

/** @param {string} root */
function countScripts(root) {
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  const count = Object.keys(scripts).length
  return count <= scriptsMax ? [] : [`package.json: ${count} scripts, at most ${scriptsMax}`]
}

/** @param {string} root */
function compareVariables(root) {
  const schema = readFileSync(path.join(root, 'lib/platform/env.ts'), 'utf8')
  const inSchema = new Set([...schema.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map((match) => match[1] ?? ''))
  const page = 'docs/configuration.md'
  const documented = new Set(
    existsSync(path.join(root, page))
      ? [...readFileSync(path.join(root, page), 'utf8').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(
          (match) => match[1] ?? '',
        )
      : [],
  )
  return [
    ...[...inSchema]
      .filter((name) => !documented.has(name))
      .map((name) => `${page}: ${name} is not documented`),
    ...[...documented]
      .filter((name) => !inSchema.has(name))
      .map((name) => `${page}: ${name} is not in lib/platform/env.ts`),
  ]
}

/** The longest sources, for the eye: a budget is not an error. @param {string} root */
export function longestSources(root) {
  return trackedFiles(root)
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !file.includes('__'))
    .map((file) => ({ file, lines: linesOf(root, file).length }))
    .filter(({ lines }) => lines > linesMax)
    .sort((a, b) => b.lines - a.lines)
    .slice(0, 5)
}

/** @param {string} root @param {string} file */
function linesOf(root, file) {
  return readFileSync(path.join(root, file), 'utf8').split('\n')
}
