import * as z from 'zod'

/** A JSON column that holds a list of texts. */
export function stringList(value: unknown): string[] {
  return z.array(z.string()).parse(value)
}
