import { isIP } from 'node:net'

/** The addresses that a hosts file (hosts(5)) has for a name, in its order. */
export function findInHosts(text: string, name: string): string[] {
  const wanted = name.toLowerCase().replace(/\.$/, '')
  const found: string[] = []
  for (const line of text.split('\n')) {
    const [address = '', ...names] = (line.split('#', 1)[0] ?? '').trim().split(/\s+/)
    if (isIP(address) === 0 || found.includes(address)) continue
    if (names.some((candidate) => candidate.toLowerCase() === wanted)) found.push(address)
  }
  return found
}
