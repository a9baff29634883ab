import * as z from 'zod'
import { type Credential, rotateCredentialInput } from '@/lib/domain/consumer.ts'
import { hmacSecret } from '@/lib/domain/hmac-credential.ts'
import { jwtSecret } from '@/lib/domain/jwt-credential.ts'

const graces = ['0', '900', '3600', '86400', '604800'] as const

export interface RotateValues {
  /** Seconds; a select holds text. */
  readonly grace: (typeof graces)[number]
  /** Empty: one is made, where that is possible. */
  readonly secret: string
}

/** What is made here may be left out; the secret of an issuer's tokens may not. */
export function rotateFormSchema(type: Credential['type']): z.ZodType<RotateValues, RotateValues> {
  const given = { 'api-key': rotateCredentialInput.shape.key.unwrap(), jwt: jwtSecret, hmac: hmacSecret }[
    type
  ]
  const secret = z.string().check(({ value, issues }) => {
    if (value === '' && type !== 'jwt') return
    for (const { message } of given.safeParse(value).error?.issues ?? []) {
      issues.push({ code: 'custom', message, input: value })
    }
  })
  return z.object({ grace: z.enum(graces), secret })
}

export function rotateCredentialOf(
  { grace, secret }: RotateValues,
  type: Credential['type'],
): z.input<typeof rotateCredentialInput> {
  const input = rotateCredentialInput.pick({ graceSeconds: true }).parse({ graceSeconds: Number(grace) })
  if (secret === '') return input
  return type === 'api-key' ? { ...input, key: secret } : { ...input, secret }
}
