import type { SeededRandom } from '@/lib/gateway/fuzz/seeded-random.ts'

/** Changes bytes as mistakes and attacks do: flips, doubled or lost ranges, and tokens where they do not belong. */
export function mutate(random: SeededRandom, original: Buffer, tokens: readonly string[]): Buffer {
  let bytes = original
  for (let left = random.below(4); left > 0; left--) bytes = mutateOnce(random, bytes, tokens)
  return bytes
}

function mutateOnce(random: SeededRandom, bytes: Buffer, tokens: readonly string[]): Buffer {
  const at = random.below(bytes.length + 1)
  const end = Math.min(bytes.length, at + 1 + random.below(12))
  switch (random.below(6)) {
    case 0:
      return spliced(bytes, at, at, Buffer.from(random.pick(tokens), 'latin1'))
    case 1:
      return spliced(bytes, at, end, Buffer.from(random.pick(tokens), 'latin1'))
    case 2:
      return spliced(bytes, at, end, Buffer.alloc(0))
    case 3:
      return spliced(bytes, at, at, bytes.subarray(at, end))
    case 4:
      return spliced(bytes, at, at + 1, Buffer.of(random.below(256)))
    default:
      return spliced(bytes, at, at, Buffer.of(random.pick([0, 9, 10, 13, 32, 34, 44, 58, 59, 127, 128, 255])))
  }
}

function spliced(bytes: Buffer, start: number, end: number, inserted: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, start), inserted, bytes.subarray(end)])
}

/** The same bytes in up to `piecesMax` pieces. */
export function cut(random: SeededRandom, bytes: Buffer, piecesMax: number): Buffer[] {
  const places = Array.from({ length: random.below(piecesMax) }, () => random.below(bytes.length + 1))
  places.push(bytes.length)
  places.sort((left, right) => left - right)
  const pieces: Buffer[] = []
  let start = 0
  for (const place of places) {
    if (place > start) pieces.push(bytes.subarray(start, place))
    start = place
  }
  return pieces
}
