/** One element of DER (X.690 §8.1), as much of it as certificates and encrypted keys are asked for here. */
export interface DerElement {
  readonly tag: number
  readonly content: Buffer
}

export const derTags = { integer: 0x02, objectIdentifier: 0x06, sequence: 0x30 } as const

/** The elements that follow one another in `bytes`; those that are cut short are left out. */
export function readDer(bytes: Buffer): DerElement[] {
  const elements: DerElement[] = []
  let at = 0
  while (at + 2 <= bytes.length) {
    const tag = bytes.readUInt8(at)
    const first = bytes.readUInt8(at + 1)
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f
    const start = at + 2 + lengthBytes
    if (lengthBytes > 4 || start > bytes.length) break
    const length = lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes)
    if (start + length > bytes.length) break
    elements.push({ tag, content: bytes.subarray(start, start + length) })
    at = start + length
  }
  return elements
}

/** Algorithms of encrypted keys nest five deep. */
const depthMax = 16

/** Every integer below, as deep as anything honest goes. */
export function integersWithin(bytes: Buffer, depth = 0): bigint[] {
  if (depth > depthMax) return []
  return readDer(bytes).flatMap(({ tag, content }) => {
    if (tag === derTags.integer) return [BigInt(`0x${content.toString('hex') || '0'}`)]
    return (tag & 0x20) !== 0 ? integersWithin(content, depth + 1) : []
  })
}
