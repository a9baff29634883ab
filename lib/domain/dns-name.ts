/** Letters, digits, - and _ in labels of at most 63 (RFC 1035 §2.3.4); one label is enough. */
export function isDnsName(text: string): boolean {
  const labels = text.split('.')
  return (
    text.length <= 253 &&
    labels.every((label) => /^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/.test(label)) &&
    // Whatever ends in a number is an address, or meant to be one.
    !/^\d+$/.test(labels.at(-1) ?? '')
  )
}
