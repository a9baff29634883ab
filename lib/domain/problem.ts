import * as z from 'zod'

/** `application/problem+json` (RFC 9457), the body of every failed answer of `/api/v1`. */
export const problem = z.object({
  /** `/docs/failure-modes#<code>`. */
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  requestId: z.string(),
  invalidFields: z
    .array(
      z.object({
        path: z.string(),
        code: z.string(),
        message: z.string(),
        params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
      }),
    )
    .optional(),
  /** With `version_conflict`: the object as it is now. With `in_use`: who uses it. */
  current: z.unknown().optional(),
})
export type Problem = z.infer<typeof problem>
