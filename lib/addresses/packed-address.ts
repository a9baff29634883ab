export type AddressKind = 'ipv4' | 'ipv6'

const groups = new Uint16Array(8)

/**
 * Writes an address into 32-bit words, one for IPv4 and four for IPv6, and tells which it is; null for what is not an
 * address. An IPv4-mapped IPv6 address is the IPv4 address that it carries; a zone index (`fe80::1%eth0`) is ignored.
 */
export function packAddress(text: string, into: Int32Array): AddressKind | null {
  if (!text.includes(':')) {
    const value = readIpv4(text, 0, text.length)
    if (value === -1) return null
    into[0] = value
    return 'ipv4'
  }
  const zone = text.indexOf('%')
  if (!readIpv6(text, zone === -1 ? text.length : zone)) return null
  if (isMapped()) {
    into[0] = word(6)
    return 'ipv4'
  }
  for (let index = 0; index < 4; index++) into[index] = word(index * 2)
  return 'ipv6'
}

/** Four decimal numbers as sockets write them; -1 for anything else, such as a leading zero, which some read as octal. */
function readIpv4(text: string, from: number, end: number): number {
  let address = 0
  let at = from
  for (let part = 0; part < 4; part++) {
    if (part > 0 && text.charCodeAt(at++) !== 46) return -1
    const start = at
    let value = 0
    while (at < end && at - start < 4) {
      const digit = text.charCodeAt(at) - 48
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
      at += 1
    }
    const isPadded = at - start > 1 && text.charCodeAt(start) === 48
    if (at === start || value > 255 || isPadded) return -1
    address = address * 256 + value
  }
  return at === end ? address : -1
}

/** RFC 4291 §2.2, into `groups`. */
function readIpv6(text: string, end: number): boolean {
  let at = 0
  let count = 0
  let gap = -1
  if (text.startsWith('::')) {
    gap = 0
    at = 2
  }
  while (at < end) {
    if (count === 8) return false
    const start = at
    let value = 0
    let digit = hexDigit(text, at)
    while (at < end && digit !== -1 && at - start < 5) {
      value = value * 16 + digit
      at += 1
      digit = hexDigit(text, at)
    }
    if (at < end && text.charCodeAt(at) === 46) {
      const tail = count > 6 ? -1 : readIpv4(text, start, end)
      if (tail === -1) return false
      groups[count++] = tail / 65_536
      groups[count++] = tail % 65_536
      break
    }
    if (at === start || at - start > 4) return false
    groups[count++] = value
    if (at === end) break
    if (text.charCodeAt(at++) !== 58 || at === end) return false
    if (text.charCodeAt(at) === 58) {
      if (gap !== -1) return false
      gap = count
      at += 1
    }
  }
  return gap === -1 ? count === 8 : spread(gap, count)
}

/** `::` stands for as many zeros as are missing, and at least for one group. */
function spread(gap: number, count: number): boolean {
  if (count === 8) return false
  groups.copyWithin(8 - (count - gap), gap, count)
  groups.fill(0, gap, 8 - (count - gap))
  return true
}

function hexDigit(text: string, at: number): number {
  const code = text.charCodeAt(at)
  if (code >= 48 && code <= 57) return code - 48
  const lower = code | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}

function isMapped(): boolean {
  for (let index = 0; index < 5; index++) if (groups[index] !== 0) return false
  return groups[5] === 0xffff
}

function word(group: number): number {
  return ((groups[group] as number) << 16) | (groups[group + 1] as number)
}
