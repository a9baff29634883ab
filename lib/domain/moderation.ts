import * as z from 'zod'

/** What a text may not hold. What a pattern may be is told by `lib/moderation`, which compiles it. */
export const moderationRule = z.strictObject({
  kind: z.enum(['word', 'pattern']),
  text: z.string().max(1024),
  /** `mask` writes `*` for each character that matches; `block` refuses the whole text. */
  action: z.enum(['block', 'mask']),
  isCaseSensitive: z.boolean().default(false),
  /** Letters, digits and marks may not go on at its ends. */
  wholeWord: z.boolean().default(false),
})

export const moderation = z
  .strictObject({
    enabled: z.boolean().default(false),
    /** Texts of requests are looked at before anything is routed. */
    request: z.boolean().default(true),
    /** What services answer is looked at as it comes. */
    reply: z.boolean().default(false),
    rules: z.array(moderationRule).max(1_050).default([]),
    /** Told to callers whose text is blocked. */
    message: z.string().trim().min(1).max(500).nullable().default(null),
  })
  .refine(({ enabled, rules }) => !enabled || rules.length > 0, {
    path: ['rules'],
    error: 'Give a word or a pattern.',
  })
  .refine(({ enabled, request, reply }) => !enabled || request || reply, {
    path: ['request'],
    error: 'Say which texts are looked at.',
  })
export type Moderation = z.infer<typeof moderation>
export type ModerationForm = z.input<typeof moderation>

export const noModeration: Moderation = {
  enabled: false,
  request: true,
  reply: false,
  rules: [],
  message: null,
}
