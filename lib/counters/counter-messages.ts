import * as z from 'zod'

/**
 * What nodes and their coordinator tell each other over the channel between a child process and its parent. Other
 * messages travel there too; `type` tells them apart. Rows instead of objects keep the text short.
 */
const count = z.number().int().min(0)
const key = z.string().max(200)

/** id, key, limit, window in ms, needed, wished */
const ask = z.tuple([count, key, z.number(), z.number().positive(), count, count])
/** key, permits, through, used, last used */
const settlement = z.tuple([key, count, z.number(), count, z.number()])
/** key, window in ms, from, counts */
const spending = z.tuple([key, z.number().positive(), z.number(), z.array(count).max(100)])

export const nodeMessage = z.object({
  type: z.literal('counters'),
  /** The node counts with the coordinator from now on; the number comes back with the answer. */
  hello: count.optional(),
  asks: z.array(ask).optional(),
  settlements: z.array(settlement).optional(),
  spendings: z.array(spending).optional(),
  /** The node admits nothing any more without permits; its spendings up to now have been told. */
  isShared: z.boolean().optional(),
})
export type NodeMessage = z.infer<typeof nodeMessage>

export const coordinatorMessage = z.object({
  type: z.literal('counters'),
  /** How many nodes share the counters. */
  nodes: count.min(1).optional(),
  /** How many there are. A node that others have just left shares its counters a moment longer. */
  present: count.min(1).optional(),
  hello: count.optional(),
  /** id, permits, from, through */
  blocks: z.array(z.tuple([count, count, z.number(), z.number()])).optional(),
})
export type CoordinatorMessage = z.infer<typeof coordinatorMessage>
