import * as z from 'zod'

/** What nodes and the process that keeps their jobs tell each other, beside the messages of counts and limits. */
const type = z.literal('jobs')
const id = z.int().min(0)
const names = z.array(z.string())
const found = z.array(z.string().nullable())

export const jobNodeMessage = z.object({
  type,
  id,
  ask: z.union([
    /** API, names */
    z.tuple([z.literal('find'), z.string(), names]),
    /** API, names, whose they were, service */
    z.tuple([z.literal('claim'), z.string(), names, found, z.string()]),
    /** API, name, service, each */
    z.tuple([z.literal('remember'), z.array(z.tuple([z.string(), z.string(), z.string()]))]),
  ]),
})
export type JobNodeMessage = z.infer<typeof jobNodeMessage>

/** Answers every message: whose each name is, who has what was claimed, or nothing. */
export const jobKeeperMessage = z.object({ type, id, answer: found })
export type JobKeeperMessage = z.infer<typeof jobKeeperMessage>

/** The channel carries much else, which is not to be parsed for this. */
export function isOfJobs(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'jobs'
}
