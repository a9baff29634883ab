/** Names and values in turn, as they came. */
export type RawFields = readonly string[]

/** The first value of a field; null without. `lowerName` is in lower case. */
export function fieldOf(fields: RawFields, lowerName: string): string | null {
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const name = fields[index] as string
    if (name.length === lowerName.length && name.toLowerCase() === lowerName)
      return fields[index + 1] as string
  }
  return null
}

/** All but the fields of these names, which are in lower case; a hostile list may name thousands. */
export function withoutNamed(fields: RawFields, lowerNames: Iterable<string>): string[] {
  const named = new Set(lowerNames)
  const kept: string[] = []
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const name = fields[index] as string
    if (!named.has(name.toLowerCase())) kept.push(name, fields[index + 1] as string)
  }
  return kept
}
