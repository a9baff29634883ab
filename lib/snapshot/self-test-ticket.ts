import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'

/** The header of a request with which the console tries whether a plugin refuses; its value is a ticket. */
export const selfTestHeader = 'x-switchyard-self-test'

/** How long a ticket is good. */
export const selfTestMs = 30_000

export const selfTestPlugins = ['authorization', 'moderation', 'rateLimits', 'quotas'] as const

const ticket = z.object({
  modelApiId: z.string(),
  /** Which one is tried; the others let the request pass. */
  plugin: z.enum(selfTestPlugins),
  /** Of its rules, from 0 on; null: all. */
  rule: z.int().nullable(),
  /** What the request counts for a rule that counts. */
  spend: z.int().nonnegative(),
  /** Whose counts these are: nobody else's. */
  nonce: z.string().max(64),
  /** Milliseconds since the epoch. */
  expiresAt: z.number(),
})
export type SelfTestTicket = z.infer<typeof ticket>

/** What a gateway's nodes know tickets of their console by. Secret; it changes with the master key. */
export function selfTestKey(masterKey: Uint8Array, gatewayId: string): string {
  const bytes = hkdfSync('sha256', masterKey, gatewayId, 'switchyard self-test', 32)
  return Buffer.from(bytes).toString('base64url')
}

/** The ticket's JSON in base64url, a dot, and its HMAC-SHA256. */
export function sealTicket(key: string, contents: SelfTestTicket): string {
  const text = Buffer.from(JSON.stringify(contents)).toString('base64url')
  return `${text}.${digest(key, text).toString('base64url')}`
}

/** Null: not made with this key, or its time is over. */
export function openTicket(key: string, sealed: string, now: number): SelfTestTicket | null {
  const [text = '', proof = ''] = sealed.split('.', 2)
  const expected = digest(key, text)
  const given = Buffer.from(proof, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  const opened = ticket.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
  return opened.expiresAt >= now ? opened : null
}

function digest(key: string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
