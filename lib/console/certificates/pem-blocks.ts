export interface PemBlock {
  /** `CERTIFICATE`, `EC PRIVATE KEY` */
  readonly label: string
  readonly text: string
}

/** The blocks of a text, in order; what stands between them is for people (RFC 7468 §5.2). */
export function pemBlocks(text: string): PemBlock[] {
  const found = text.matchAll(/-----BEGIN ([A-Z0-9 ]{1,40})-----(?:(?!-----)[\s\S])*-----END \1-----/g)
  return [...found].map(([block, label = '']) => ({ label, text: block }))
}

export function derOf({ text }: PemBlock): Buffer {
  return Buffer.from(text.replace(/-----[^-]*-----/g, ''), 'base64')
}
