/** Converse allows ids of at most 64 letters, digits, `-` and `_`; a call and its result are changed alike. */
export function toolUseIdOf(id: string): string {
  return id.replaceAll(/[^\w-]/g, '_').slice(0, 64)
}
