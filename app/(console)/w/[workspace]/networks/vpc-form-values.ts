import * as z from 'zod'
import { type CreateVpcInput, createVpcInput } from '@/lib/domain/network.ts'

/** Rows of a form are objects; the API takes texts, and its own schema judges them. */
export const vpcFormValues = z
  .object({ name: createVpcInput.shape.name, blocks: z.array(z.object({ cidr: z.string() })) })
  .superRefine(({ blocks }, context) => {
    const { error } = createVpcInput.shape.cidrs.safeParse(blocks.map(({ cidr }) => cidr))
    for (const { path, message } of error?.issues ?? []) {
      const [row] = path
      context.addIssue({
        code: 'custom',
        message,
        path: row === undefined ? ['blocks'] : ['blocks', row, 'cidr'],
      })
    }
  })
export type VpcFormValues = z.infer<typeof vpcFormValues>

export function vpcFormOf({ name, cidrs }: CreateVpcInput): VpcFormValues {
  return { name, blocks: cidrs.map((cidr) => ({ cidr })) }
}

export function vpcInputOf({ name, blocks }: VpcFormValues): CreateVpcInput {
  return createVpcInput.parse({ name, cidrs: blocks.map(({ cidr }) => cidr) })
}

/** `cidrs.1` is the input `blocks.1.cidr`. */
export function vpcFieldOf(path: string): string {
  return path.replace(/^cidrs\.(\d+)$/, 'blocks.$1.cidr').replace(/^cidrs$/, 'blocks')
}
