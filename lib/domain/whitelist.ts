import * as z from 'zod'
import { type Cidr, containsCidr, readCidr } from './cidr.ts'
import { cidrBlock } from './network.ts'
import { line } from './object.ts'

/** On the Internet side of a gateway. */
export const whitelistBlocksMax = 15
/** On each VPC of a gateway. */
export const vpcWhitelistBlocksMax = 200

export const whitelistEntryInput = z.object({ cidr: cidrBlock, note: line(60).default('') })

/** Also before blocks are compared with each other: that grows with the square of their number. */
const listed = z
  .array(whitelistEntryInput)
  .max(
    vpcWhitelistBlocksMax,
    `At most ${whitelistBlocksMax} address blocks on the Internet side, and ${vpcWhitelistBlocksMax} on a VPC.`,
  )

/** `PUT …/whitelist`: the whole list. */
export const whitelistInput = listed.superRefine((entries, context) => {
  for (const [index, state] of examineBlocks(entries.map(({ cidr }) => cidr)).entries()) {
    if (state.state === 'duplicate' || state.state === 'contained') {
      const message =
        state.state === 'duplicate'
          ? `${state.text} is listed twice.`
          : `${state.text} is already inside ${state.by}.`
      context.addIssue({
        code: 'custom',
        path: [index, 'cidr'],
        message,
        params: { code: `cidr_${state.state}` },
      })
    }
  }
})
export type WhitelistInput = z.infer<typeof whitelistInput>

/** `GET …/whitelist`. */
export const whitelist = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      cidr: z.string(),
      note: z.string(),
      createdBy: z.string(),
      createdAt: z.iso.datetime(),
    }),
  ),
  /** How many blocks the list takes. */
  max: z.int(),
  /** Grows with each write of the gateway (Internet) or of the link (VPC); for `If-Match`. */
  version: z.int(),
  /** The caller's own, as the console sees it. */
  callerAddress: z.string().nullable(),
  callerAllowed: z.boolean(),
})
export type Whitelist = z.infer<typeof whitelist>

export type ExaminedBlock =
  | { readonly state: 'valid'; readonly text: string; readonly cidr: Cidr }
  /** Bare address or host bits: `cidr` is what was meant. */
  | {
      readonly state: 'fixed'
      readonly text: string
      readonly cidr: Cidr
      readonly why: 'address' | 'host-bits'
    }
  | { readonly state: 'duplicate'; readonly text: string; readonly cidr: Cidr }
  | { readonly state: 'contained'; readonly text: string; readonly cidr: Cidr; readonly by: string }
  | { readonly state: 'invalid'; readonly text: string }

/** What each block of a list is, in its order, for the chips under the editor and for the API. */
export function examineBlocks(texts: readonly string[]): ExaminedBlock[] {
  const readings = texts.map((text) => ({ text: text.trim(), reading: readCidr(text) }))
  return readings.map(({ text, reading }, index): ExaminedBlock => {
    if (!reading.ok) return { state: 'invalid', text }
    const { cidr, fixedFrom } = reading
    const isTwin = readings
      .slice(0, index)
      .some((other) => other.reading.ok && other.reading.cidr.text === cidr.text)
    if (isTwin) return { state: 'duplicate', text, cidr }
    const outer = readings.find(
      (other) =>
        other.reading.ok && other.reading.cidr.text !== cidr.text && containsCidr(other.reading.cidr, cidr),
    )
    if (outer?.reading.ok) return { state: 'contained', text, cidr, by: outer.reading.cidr.text }
    return fixedFrom === null
      ? { state: 'valid', text, cidr }
      : { state: 'fixed', text, cidr, why: fixedFrom }
  })
}

/** A pasted list: entries by comma or line feed. */
export function splitBlocks(written: string): string[] {
  return written
    .split(/[,\n\r]+/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
}
