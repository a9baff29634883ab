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

const endpointWait = 'A whole number from 50 to 30000.'
const scoreRange = 'From 0 to 1.'

/** A service of the AI gateway that judges texts: it is asked at `/v1/moderations`, as OpenAI has it. */
export const moderationEndpoint = z.strictObject({
  serviceId: z.string().min(1).max(64),
  /** Null: the service has one of its own. */
  model: z
    .string()
    .trim()
    .min(1, 'Name the model, or leave it to the service.')
    .max(256)
    .nullable()
    .default(null),
  /** What is refused; null: whatever the service flags. */
  categories: z
    .array(
      z.strictObject({
        /** As the service names it: `violence`. */
        name: z.string().trim().min(1, 'Name the category.').max(64),
        /** Refused from this score on; null: what the service flags in the category. */
        threshold: z.number(scoreRange).min(0, scoreRange).max(1, scoreRange).nullable().default(null),
      }),
    )
    .min(1, 'Choose a category.')
    .max(50)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'Name each category once.')
    .nullable()
    .default(null),
  /** For each text or piece of a text. */
  timeoutMs: z.int(endpointWait).min(50, endpointWait).max(30_000, endpointWait).default(2_000),
  /** What becomes of a text that could not be judged. */
  onFailure: z.enum(['block', 'pass']).default('block'),
})
export type ModerationEndpoint = z.infer<typeof moderationEndpoint>

export const moderation = z
  .strictObject({
    enabled: z.boolean().default(false),
    /** Texts of requests are looked at before anything is routed. */
    request: z.boolean().default(true),
    /** What services answer is looked at as it comes. */
    reply: z.boolean().default(false),
    rules: z.array(moderationRule).max(1_050).default([]),
    /** Asked about what no rule blocks; null: the rules alone decide. */
    endpoint: moderationEndpoint.nullable().default(null),
    /** Told to callers whose text is blocked. */
    message: z.string().trim().min(1).max(500).nullable().default(null),
  })
  .refine(({ enabled, rules, endpoint }) => !enabled || rules.length > 0 || endpoint !== null, {
    path: ['rules'],
    error: 'Give a word or a pattern, or a service that judges.',
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
  endpoint: null,
  message: null,
}
