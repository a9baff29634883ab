import * as z from 'zod'

/**
 * Settings behind a switch: null for the API while it is off. A form keeps them beside the switch, so that they
 * come back with it; while it is off nobody checks them.
 */
export const switchedOff = z.looseObject({ enabled: z.literal(false) })

export function toSwitched<T extends object>(value: T | null, atFirst: T): { enabled: boolean } & T {
  return { enabled: value !== null, ...(value ?? atFirst) }
}

/** `atFirst` stands for what the switch being off left unchecked. */
export function fromSwitched<T extends object>(
  { enabled, ...value }: { readonly enabled: boolean } & Partial<T>,
  atFirst: T,
): T | null {
  return enabled ? { ...atFirst, ...value } : null
}
