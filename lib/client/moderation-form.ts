import * as z from 'zod'
import { type Moderation, type ModerationEndpoint, moderation } from '@/lib/domain/moderation.ts'
import type { TriedMatch } from '@/lib/domain/try-moderation.ts'

export type RuleValues = Moderation['rules'][number]

/** The service of the AI gateway that is asked, too. */
export interface JudgeValues {
  readonly on: boolean
  readonly serviceId: string
  /** Empty: the service has one of its own. */
  readonly model: string
  /** Whether some of its categories count; else whatever it flags. */
  readonly chooses: boolean
  readonly categories: ReadonlyArray<{ readonly name: string; readonly threshold: number | null }>
  readonly timeoutMs: number | null
  readonly onFailure: ModerationEndpoint['onFailure']
}

export interface ModerationValues {
  readonly enabled: boolean
  readonly request: boolean
  readonly reply: boolean
  readonly rules: RuleValues[]
  readonly judge: JudgeValues
  /** Empty: the gateway's own. */
  readonly message: string
}

const noJudge: JudgeValues = {
  on: false,
  serviceId: '',
  model: '',
  chooses: false,
  categories: [],
  timeoutMs: 2_000,
  onFailure: 'block',
}

export function moderationValuesOf({ endpoint, message, ...stored }: Moderation): ModerationValues {
  return { ...stored, judge: judgeValuesOf(endpoint), message: message ?? '' }
}

function judgeValuesOf(endpoint: ModerationEndpoint | null): JudgeValues {
  if (endpoint === null) return noJudge
  const { model, categories, ...stored } = endpoint
  return {
    ...stored,
    on: true,
    model: model ?? '',
    chooses: categories !== null,
    categories: categories ?? [],
  }
}

/** As it is written, so that the API's own schema complains. */
function inputOf({ message, judge, ...values }: ModerationValues): unknown {
  const { on, serviceId, model, chooses, categories, timeoutMs, onFailure } = judge
  const endpoint = {
    serviceId,
    model: model.trim() === '' ? null : model,
    categories: chooses ? categories : null,
    timeoutMs,
    onFailure,
  }
  return { ...values, endpoint: on ? endpoint : null, message: message.trim() === '' ? null : message }
}

/** What is sent once the form's schema has passed. */
export function moderationOf(values: ModerationValues): Moderation {
  return moderation.parse(inputOf(values))
}

/** Checks what the API would, with its own schema; `error` says what schemas leave unsaid. */
export function moderationFormSchema(
  error: (issue: z.core.$ZodRawIssue) => string,
): z.ZodType<ModerationValues, ModerationValues> {
  return z.custom<ModerationValues>().check(({ value, issues }) => {
    for (const { path, message } of moderation.safeParse(inputOf(value), { error }).error?.issues ?? []) {
      const field = moderationFieldPath(path.join('.')).split('.')
      issues.push({ code: 'custom', message, path: field, input: value })
    }
  })
}

/** `endpoint.serviceId` of the API is `judge.serviceId` of the form. */
export function moderationFieldPath(path: string): string {
  return path.replace(/^endpoint(?=\.|$)/, 'judge')
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
