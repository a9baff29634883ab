import { readFileSync } from 'node:fs'
import type { JsonObject } from '@/lib/protocols/json.ts'

/** Files of a folder `__fixtures__` beside a test: `recorded(import.meta.url)`. */
export function recorded(test: string) {
  const bytes = (name: string): Buffer => readFileSync(new URL(`./__fixtures__/${name}`, test))
  const lines = (name: string): string[] =>
    bytes(name)
      .toString()
      .split('\n')
      .filter((line) => line.trim() !== '')
  return {
    bytes,
    json: (name: string): JsonObject => JSON.parse(bytes(name).toString()) as JsonObject,
    /** `*.chunks.txt`, one event a line, as server-sent events of data alone. */
    dataEvents: (name: string, last = ''): Buffer =>
      Buffer.from(
        `${lines(name)
          .map((line) => `data: ${line}\n\n`)
          .join('')}${last}`,
      ),
    /** The same, each under the name that its member `type` says. */
    namedEvents: (name: string): Buffer =>
      Buffer.from(
        lines(name)
          .map((line) => `event: ${(JSON.parse(line) as { type: string }).type}\ndata: ${line}\n\n`)
          .join(''),
      ),
  }
}
