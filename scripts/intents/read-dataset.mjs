import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expandTemplate, readSlots } from './expand-template.mjs'
import { seededRandom } from './seeded-random.mjs'

/** @typedef {{ text: string, column: string, language: string, isTemplate: boolean }} Example */

export const columns = ['code', 'math', 'translation', 'fast', 'reasoning', 'none']
const rowsOfTemplate = 18
const seed = 20261121

/** All examples of a part (`train`, `validation`, `held-out`), always in the same order.
 * @param {string} folder @param {string} part @returns {Example[]} */
export function readPart(folder, part) {
  const home = join(folder, part)
  if (!existsSync(home)) return []
  return readdirSync(home)
    .sort()
    .flatMap((language) =>
      columns.flatMap((column) => [
        ...readLines(join(home, language, `${column}.txt`)).map((text) => ({
          text,
          column,
          language,
          isTemplate: false,
        })),
        ...fromTemplates(join(home, language), column).map((text) => ({
          text,
          column,
          language,
          isTemplate: true,
        })),
      ]),
    )
}

/** @param {string} home @param {string} column */
function fromTemplates(home, column) {
  const templates = readLines(join(home, `${column}.templates.txt`))
  if (templates.length === 0) return []
  const slots = readSlots(readLines(join(home, 'slots.txt')))
  const random = seededRandom(seed + columns.indexOf(column))
  const rows = templates.flatMap((template) =>
    Array.from({ length: rowsOfTemplate }, () => expandTemplate(template, slots, random)),
  )
  return [...new Set(rows)]
}

/** One prompt a line; ⏎ stands for a line break within it.
 * @param {string} file */
function readLines(file) {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.replaceAll('⏎', '\n'))
}
