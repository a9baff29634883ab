import * as z from 'zod'
import { type Moderation, type ModerationForm, moderation } from '@/lib/domain/moderation.ts'
import type { TriedMatch } from '@/lib/domain/try-moderation.ts'

export type RuleValues = Moderation['rules'][number]

/** Of the rules and the message; the service that judges is kept as it is stored. */
export interface ModerationValues {
  readonly enabled: boolean
  readonly request: boolean
  readonly reply: boolean
  readonly rules: readonly RuleValues[]
  /** Empty: the gateway's own. */
  readonly message: string
}

export function moderationValuesOf({ endpoint: _, message, ...stored }: Moderation): ModerationValues {
  return { ...stored, message: message ?? '' }
}

export function moderationOf(
  { message, rules, ...values }: ModerationValues,
  { endpoint }: Pick<Moderation, 'endpoint'>,
): ModerationForm {
  return { ...values, rules: [...rules], endpoint, message: message.trim() === '' ? null : message }
}

/** Checks what the API would, with its own schema; `error` says what schemas leave unsaid. */
export function moderationFormSchema(
  stored: Pick<Moderation, 'endpoint'>,
  error: (issue: z.core.$ZodRawIssue) => string,
): z.ZodType<ModerationValues, ModerationValues> {
  return z.custom<ModerationValues>().check(({ value, issues }) => {
    const result = moderation.safeParse(moderationOf(value, stored), { error })
    for (const { path, message } of result.error?.issues ?? []) {
      issues.push({ code: 'custom', message, path: [...path], input: value })
    }
  })
}

export const emptyRule: RuleValues = {
  kind: 'word',
  text: '',
  action: 'block',
  isCaseSensitive: false,
  wholeWord: false,
}

/** One rule for each line that is not there yet, in the way of `like`. */
export function rulesOfLines(
  lines: string,
  like: Omit<RuleValues, 'text'>,
  present: readonly RuleValues[],
): RuleValues[] {
  const known = new Set(present.filter(({ kind }) => kind === like.kind).map(({ text }) => text))
  const texts = lines.split(/\r?\n/).map((line) => line.trim())
  const fresh = [...new Set(texts)].filter((text) => text !== '' && !known.has(text))
  return fresh.map((text) => ({ ...like, text }))
}

export interface TriedPart {
  readonly text: string
  readonly match: TriedMatch | null
}

/** The text cut where rules matched; what comes after a match that blocks was not looked at. */
export function triedParts(text: string, matches: readonly TriedMatch[]): TriedPart[] {
  const parts: TriedPart[] = []
  let at = 0
  for (const match of matches) {
    parts.push({ text: text.slice(at, match.start), match: null })
    parts.push({ text: text.slice(match.start, match.end), match })
    at = match.end
  }
  parts.push({ text: text.slice(at), match: null })
  return parts.filter((part) => part.text !== '')
}
