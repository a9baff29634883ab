import * as z from 'zod'

/**
 * What people and programs may know of a provider, as data: the console draws its forms from it, and
 * `GET /api/v1/providers` answers it. What a provider does is its adapter's.
 */

const words = z.object({ en: z.string(), 'zh-CN': z.string() })

const condition = z.object({ option: z.string(), in: z.array(z.string()) })
export type OptionCondition = z.infer<typeof condition>

/** One extra of a provider, such as Azure's api-version. Values are strings; switches are `true` and `false`. */
const option = z.object({
  name: z.string(),
  label: words,
  help: words.nullable().default(null),
  kind: z.enum(['text', 'select', 'switch', 'service']),
  choices: z.array(z.object({ value: z.string(), label: words })).default([]),
  default: z.string().nullable().default(null),
  required: z.boolean().default(false),
  /** A regular expression over the whole value, and what to say when it does not match. */
  pattern: z.object({ source: z.string(), message: words }).nullable().default(null),
  /** Only shown, and only sent, when another option has one of these values. */
  when: condition.nullable().default(null),
  /** Said before it is switched on. */
  warning: words.nullable().default(null),
})
export type ProviderOption = z.infer<typeof option>

const credentialField = z.object({
  name: z.string(),
  label: words,
  /** `json` is a document, pasted or uploaded. */
  kind: z.enum(['secret', 'json', 'text']),
  placeholder: z.string().default(''),
  required: z.boolean().default(true),
})

/**
 * What one key consists of. One field: the key is its text. Several: the key is a JSON object of them. The first form
 * whose `protocol` is the service's or null, and whose `when` fits the options, applies.
 */
const credentialForm = z.object({
  protocol: z.enum(['openai', 'native']).nullable().default(null),
  when: condition.nullable().default(null),
  fields: z.array(credentialField),
  /** What a key of this provider looks like, to recognise one of another provider; null where keys have no shape. */
  prefix: z.string().nullable().default(null),
})

const providerProtocol = z.object({
  id: z.enum(['openai', 'native']),
  /** `{name}` stands for an option's value. Empty: written by hand. */
  baseUrl: z.string(),
  /** Replaces `baseUrl` when an option has one of the values. */
  baseUrls: z.array(z.object({ when: condition, baseUrl: z.string() })).default([]),
  /** Wire formats that the service answers without conversion. */
  formats: z.array(z.string()),
  /** Not offered when an option has one of these values, and why. */
  except: z.object({ when: condition, reason: words }).nullable().default(null),
})

export const providerManifest = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  kind: z.enum(['model', 'agent']),
  name: words,
  /** Other names under which people look for it. */
  aliases: z.array(z.string()),
  /** One to three characters for its tile. */
  monogram: z.string(),
  protocols: z.array(providerProtocol).min(1),
  /** Offered first; more may always be written by hand. */
  models: z.array(z.string()),
  /** False: keys are not asked for. */
  takesKeys: z.boolean(),
  /** True: it may be asked without a key, as servers of one's own often are. */
  keysOptional: z.boolean().default(false),
  credentials: z.array(credentialForm),
  /** Where people get a key. */
  keyPage: z.string().nullable(),
  options: z.array(option),
  /** What a base URL often is by mistake, and what to say: the first pattern that matches. */
  baseUrlHints: z.array(z.object({ pattern: z.string(), message: words })).default([]),
  /** True: the provider can be asked for its models. */
  listsModels: z.boolean(),
})
export type ProviderManifest = z.infer<typeof providerManifest>
/** As folders write it: what has a default may be left out. */
export type ProviderManifestSource = z.input<typeof providerManifest>
