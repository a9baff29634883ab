import * as z from 'zod'

/** A model server's base address: `http://10.0.0.5:8000`. An API path pasted with it is refused with the repair. */
export const instanceUrl = z
  .string()
  .trim()
  .max(2048)
  .check((context) => {
    const complaint = instanceUrlComplaint(context.value)
    if (complaint) context.issues.push({ code: 'custom', message: complaint, input: context.value })
  })

const apiPathTail =
  /\/(chat\/completions|completions|embeddings|rerank|messages|images\/generations|audio\/speech|models)\/?$/

/** The sentence for a wrong address, or null. */
export function instanceUrlComplaint(text: string): string | null {
  if (!/^https?:\/\//i.test(text)) return 'Start with http:// or https://.'
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return 'This is not an address. Write it like http://10.0.0.5:8000.'
  }
  if (url.username || url.password)
    return 'Remove the user and password; use the upstream credential instead.'
  if (url.search || url.hash) return 'Remove everything from ? or # on.'
  if (apiPathTail.test(url.pathname)) {
    const base = url.pathname.replace(apiPathTail, '').replace(/\/v1$/, '')
    return `Paste the base, not the path: ${url.origin}${base}`
  }
  return null
}
