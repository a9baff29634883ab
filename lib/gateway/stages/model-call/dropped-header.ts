const name = 'x-switchyard-dropped'
const namesMax = 32
const nameLengthMax = 64
/** Names may be the caller's own; a comma or a line break in one would say something else. */
const unsafe = /[^\x21-\x2b\x2d-\x7e]/g

/** Names what a conversion could not carry; empty where it carried all. */
export function droppedHeader(dropped: readonly string[]): string[] {
  if (dropped.length === 0) return []
  const named = dropped.slice(0, namesMax).map((field) => field.replace(unsafe, '?').slice(0, nameLengthMax))
  if (dropped.length > namesMax) named.push('...')
  return [name, named.join(', ')]
}
