import * as z from 'zod'
import { createConsumerInput, createCredentialInput, updateConsumerInput } from '@/lib/domain/consumer.ts'
import type { CredentialLocation } from '@/lib/domain/credential-location.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'

/** `none`: a consumer may be made without any. */
export type CredentialType = 'none' | z.input<typeof createCredentialInput>['type']

/** A credential as its form holds it; fields of other types keep what was typed. */
export interface CredentialValues {
  readonly type: CredentialType
  readonly place: CredentialLocation['in']
  readonly placeName: string
  /** Empty: one is made. */
  readonly key: string
  readonly keysFrom: 'url' | 'jwks' | 'secret'
  readonly jwksUrl: string
  /** A JSON document. */
  readonly jwks: string
  readonly jwtSecret: string
  readonly algorithms: readonly string[]
  readonly issuer: string
  readonly audience: string
  readonly claim: string
  readonly value: string
  readonly clockSkewSeconds: number | null
  readonly keyId: string
  /** Empty: one is made. */
  readonly secret: string
  readonly coversAuthority: boolean
  readonly coversQuery: boolean
  readonly coversBody: boolean
  readonly maxAgeSeconds: number | null
}

export const emptyCredential: CredentialValues = {
  type: 'api-key',
  place: 'standard',
  placeName: '',
  key: '',
  keysFrom: 'url',
  jwksUrl: '',
  jwks: '',
  jwtSecret: '',
  algorithms: ['RS256'],
  issuer: '',
  audience: '',
  claim: 'sub',
  value: '',
  clockSkewSeconds: 60,
  keyId: '',
  secret: '',
  coversAuthority: false,
  coversQuery: true,
  coversBody: true,
  maxAgeSeconds: 300,
}

export interface CredentialForm {
  readonly credential: CredentialValues
}

export interface ConsumerForm extends CredentialForm {
  readonly name: string
  /** By their names. */
  readonly modelApis: readonly string[]
}

type IssueText = (issue: z.core.$ZodRawIssue) => string

/** What the API is asked for; as it is written, so that the API's own schema complains. */
export function credentialInputOf(values: CredentialValues): unknown {
  const { type } = values
  const location =
    values.place === 'standard' ? { in: values.place } : { in: values.place, name: values.placeName }
  if (type === 'jwt') {
    const { algorithms, claim, value, clockSkewSeconds } = values
    return {
      type,
      location,
      keys: jwtKeysOf(values),
      algorithms,
      issuer: values.issuer === '' ? null : values.issuer,
      audience: values.audience === '' ? null : values.audience,
      claim,
      value,
      clockSkewSeconds,
    }
  }
  if (type === 'hmac') {
    const { keyId, secret, maxAgeSeconds } = values
    const components = [
      '@method',
      '@path',
      ...(values.coversAuthority ? ['@authority'] : []),
      ...(values.coversQuery ? ['@query'] : []),
      ...(values.coversBody ? ['content-digest'] : []),
    ]
    return { type, keyId, ...(secret === '' ? {} : { secret }), components, maxAgeSeconds }
  }
  return { type: 'api-key', location, ...(values.key === '' ? {} : { key: values.key }) }
}

function jwtKeysOf({ keysFrom, jwksUrl, jwks, jwtSecret }: CredentialValues): unknown {
  if (keysFrom === 'url') return { from: keysFrom, jwksUrl }
  if (keysFrom === 'secret') return { from: keysFrom, secret: jwtSecret }
  return { from: keysFrom, jwks: parsed(jwks) }
}

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What is sent once the form's schema has passed. */
export function createCredentialOf({ credential }: CredentialForm): z.input<typeof createCredentialInput> {
  return createCredentialInput.parse(credentialInputOf(credential))
}

export function createConsumerOf(
  { name, modelApis, credential }: ConsumerForm,
  apis: readonly Pick<ModelApi, 'id' | 'name'>[],
): z.input<typeof createConsumerInput> {
  const credentials = credential.type === 'none' ? [] : [createCredentialOf({ credential })]
  return { name, modelApiIds: idsOfGrants(modelApis, apis), credentials }
}

/** A name that no API has goes as it is: the API says so. */
export function idsOfGrants(
  names: readonly string[],
  apis: readonly Pick<ModelApi, 'id' | 'name'>[],
): string[] {
  return names.map((name) => apis.find((api) => api.name === name)?.id ?? name)
}

/** Checks what the API would, with its own schema; `error` says what schemas leave unsaid. */
export function credentialFormSchema(error: IssueText): z.ZodType<CredentialForm, CredentialForm> {
  return z.custom<CredentialForm>().check(({ value, issues }) => {
    for (const [path, message] of credentialComplaints(value.credential, error)) {
      issues.push({ code: 'custom', message, path, input: value })
    }
  })
}

export function consumerFormSchema(error: IssueText): z.ZodType<ConsumerForm, ConsumerForm> {
  return z.custom<ConsumerForm>().check(({ value, issues }) => {
    const name = createConsumerInput.shape.name.safeParse(value.name, { error })
    for (const { message } of name.error?.issues ?? []) {
      issues.push({ code: 'custom', message, path: ['name'], input: value })
    }
    for (const [path, message] of credentialComplaints(value.credential, error)) {
      issues.push({ code: 'custom', message, path, input: value })
    }
  })
}

function credentialComplaints(
  values: CredentialValues,
  error: IssueText,
): ReadonlyArray<readonly [path: string[], message: string]> {
  if (values.type === 'none') return []
  if (values.type === 'jwt' && values.keysFrom === 'jwks' && parsed(values.jwks) === undefined) {
    return [[['credential', 'jwks'], 'This is not a JSON document.']]
  }
  const result = createCredentialInput.safeParse(credentialInputOf(values), { error })
  if (result.success) return []
  return result.error.issues.map(({ path, message }) => [
    credentialFieldPath(path.join('.')).split('.'),
    message,
  ])
}

const credentialFields: Readonly<Record<string, string>> = {
  location: 'place',
  'location.name': 'placeName',
  'keys.jwksUrl': 'jwksUrl',
  'keys.secret': 'jwtSecret',
}

/** `location.name` of the API is `credential.placeName` of the form. */
export function credentialFieldPath(path: string): string {
  const known = credentialFields[path]
  if (known !== undefined) return `credential.${known}`
  if (path.startsWith('keys.jwks')) return 'credential.jwks'
  // One control writes all of them.
  if (path.startsWith('algorithms')) return 'credential.algorithms'
  return `credential.${path}`
}

/** `credentials.0.key` of the API is `credential.key` of the form. */
export function consumerFieldPath(path: string): string {
  const credential = /^credentials\.0\.(.+)$/.exec(path)?.[1]
  return credential === undefined ? consumerGrantsPath(path) : credentialFieldPath(credential)
}

/** One control writes all of them. */
export function consumerGrantsPath(path: string): string {
  return path.startsWith('modelApiIds') ? 'modelApis' : path
}

/** The form of a consumer that exists: its credentials are changed one by one. */
export const updateConsumerValues = z.object({
  name: updateConsumerInput.shape.name.unwrap(),
  modelApis: z.array(z.string()),
})
