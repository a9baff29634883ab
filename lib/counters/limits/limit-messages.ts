import * as z from 'zod'
import type { LimitUse } from './limit-source.ts'
import { limitSpans } from './limit-span.ts'

/** What nodes and the process that keeps their counts tell each other, beside the messages of `counter-messages.ts`. */
const count = z.int().min(0)

/** rule, span, amount, weight, value, whether callers choose the value */
const useRow = z.tuple([
  z.string().max(100),
  z.enum(limitSpans),
  z.number().positive(),
  z.union([z.literal(0), z.literal(1)]),
  z.string().max(100),
  z.boolean(),
])
export type UseRow = z.infer<typeof useRow>

export const limitNodeMessage = z.object({
  type: z.literal('limits'),
  hello: count.optional(),
  /** id, uses */
  asks: z.array(z.tuple([count, z.array(useRow)])).optional(),
  /** uses, amount */
  spendings: z.array(z.tuple([z.array(useRow), z.number().min(0)])).optional(),
})
export type LimitNodeMessage = z.infer<typeof limitNodeMessage>

/** left, renews in ms */
const stateRow = z.tuple([z.number(), z.number().nullable()])

export const limitKeeperMessage = z.object({
  type: z.literal('limits'),
  /** How many nodes count together. */
  nodes: count.min(1),
  hello: count.optional(),
  /** id, the use that refuses, states */
  verdicts: z.array(z.tuple([count, count.nullable(), z.array(stateRow)])).optional(),
})
export type LimitKeeperMessage = z.infer<typeof limitKeeperMessage>

export function toRow({ rule, span, amount, weight, value, isOpen }: LimitUse): UseRow {
  return [rule, span, amount, weight, value, isOpen]
}

export function fromRow([rule, span, amount, weight, value, isOpen]: UseRow): LimitUse {
  return { rule, span, amount, weight, value, isOpen }
}
