import * as z from 'zod'
import { moderation, moderationRule } from './moderation.ts'

/** Rules, saved or not, and a text to try them on. */
export const tryModerationInput = z.object({
  rules: moderation.shape.rules.unwrap(),
  text: z.string().max(20_000, 'At most 20000 characters.'),
})
export type TryModerationInput = z.infer<typeof tryModerationInput>

const match = z.object({
  /** Its place among the rules, from 0. */
  rule: z.int(),
  action: moderationRule.shape.action,
  /** UTF-16 units from the beginning of the text; the end is exclusive. */
  start: z.int(),
  end: z.int(),
})
export type TriedMatch = z.infer<typeof match>

export const moderationTrial = z.object({
  /** What the text becomes, one `*` for each masked character. Null: it is blocked. */
  text: z.string().nullable(),
  /** In order and without overlaps. After one that blocks nothing more is looked for. */
  matches: z.array(match),
})
export type ModerationTrial = z.infer<typeof moderationTrial>
