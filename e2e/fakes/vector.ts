/** A unit vector made of hashed character trigrams: the same text gives the same vector, like texts near ones. */
export function vectorOf(text: string, dimensions: number): number[] {
  const vector = new Array<number>(dimensions).fill(0)
  const characters = [...`  ${text.toLowerCase()} `]
  for (let at = 0; at + 3 <= characters.length; at++) {
    const hash = fnv1a(characters.slice(at, at + 3).join(''))
    const index = hash % dimensions
    vector[index] = (vector[index] ?? 0) + (hash & 0x40000000 ? 1 : -1)
  }
  const length = Math.hypot(...vector)
  // Opposite signs may cancel out; a direction is still owed.
  if (length === 0) return vector.map((_, index) => (index === 0 ? 1 : 0))
  return vector.map((value) => value / length)
}

export function cosine(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0)
}

/** FNV-1a, 32 bits. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash
}
