import { email } from '@/lib/domain/member.ts'

export interface ParsedEmails {
  /** Each once, lower-case, in the order written. */
  readonly emails: readonly string[]
  /** The pieces that are no address, as written. */
  readonly wrong: readonly string[]
}

/** Reads addresses separated by commas, semicolons, spaces or line breaks, also as `Name <name@example.com>`. */
export function parseEmails(text: string): ParsedEmails {
  const emails = new Set<string>()
  const wrong: string[] = []
  const bracketed = [...text.matchAll(/<([^<>\s]+)>/g)].map((match) => match[1] ?? '')
  const withoutNames = text.replace(/[^,;\n<>]*<[^<>\s]+>/g, ' ')
  for (const piece of [...bracketed, ...withoutNames.split(/[\s,;]+/)]) {
    if (piece === '') continue
    const parsed = email.safeParse(piece)
    if (parsed.success) emails.add(parsed.data)
    else wrong.push(piece)
  }
  return { emails: [...emails], wrong }
}
