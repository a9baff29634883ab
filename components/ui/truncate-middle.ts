/** Keeps both ends, which is where identifiers and addresses differ. */
export function truncateMiddle(text: string, charactersMax: number): string {
  const characters = [...text]
  if (characters.length <= charactersMax) return text
  const kept = Math.max(2, charactersMax - 1)
  const head = Math.ceil(kept / 2)
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (kept - head)).join('')}`
}
