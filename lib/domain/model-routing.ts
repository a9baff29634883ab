import * as z from 'zod'

/** A service of the AI gateway, and the model that it is asked for. */
export const modelTarget = z.object({
  serviceId: z.string().min(1).max(64),
  /** Null: as the caller names it. */
  model: z
    .string()
    .trim()
    .min(1, 'Name the model, or leave it as the caller names it.')
    .max(256)
    .nullable()
    .default(null),
})
export type ModelTarget = z.infer<typeof modelTarget>

export const routingModes = ['single', 'model-name', 'weight', 'metrics', 'intent'] as const
export const metricsObjectives = ['least-busy', 'least-first-token-latency', 'least-total-latency'] as const
/** What the classifier tells apart; see `lib/intents`. */
export const localIntents = ['code', 'math', 'translation', 'fast', 'reasoning'] as const

const single = z.object({ mode: z.literal('single'), target: modelTarget })

/** The first rule that takes the model decides; `*` stands for any characters, `?` for one. */
const byModelName = z.object({
  mode: z.literal('model-name'),
  rules: z
    .array(z.object({ pattern: z.string().trim().min(1, 'Give a pattern.').max(256), target: modelTarget }))
    .min(1, 'Give a rule.')
    .max(100),
  /** Null: what no rule takes is not routed. */
  default: modelTarget.nullable().default(null),
})

const wholePercent = 'A whole number from 0 to 100.'

const byWeight = z.object({
  mode: z.literal('weight'),
  targets: z
    .array(modelTarget.extend({ weight: z.int(wholePercent).min(0, wholePercent).max(100, wholePercent) }))
    .min(1, 'Choose a service.')
    .max(50)
    .refine((targets) => sum(targets.map(({ weight }) => weight)) === 100, {
      error: ({ input }) => `The weights sum to ${sum(weightsIn(input))}. They must sum to 100.`,
    }),
})

const shareRange = 'Above 0, and 1 at most.'
const windowRange = 'A whole number from 10 to 1000.'

const byMetrics = z.object({
  mode: z.literal('metrics'),
  objective: z.enum(metricsObjectives).default('least-busy'),
  /** No target gets more of the last calls; 1: no limit. */
  maxShare: z.number(shareRange).gt(0, shareRange).max(1, shareRange).default(0.8),
  /** Of how many calls times and shares are told. */
  window: z.int(windowRange).min(10, windowRange).max(1000, windowRange).default(100),
  targets: z.array(modelTarget).min(2, 'Choose two services or more.').max(50),
})

const intentName = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,31}$/,
    'Begin with a small letter; small letters, digits and -, at most 32 in all.',
  )

/** How an intent is called and what it means. */
const intentLabel = z.strictObject({
  name: intentName,
  /** Shown to people; null: the name. */
  title: z.string().trim().min(1, 'Give a title, or leave it out.').max(64).nullable().default(null),
  /** What a model is told of it. */
  description: z.string().trim().max(500).default(''),
})
export type IntentLabel = z.infer<typeof intentLabel>

const classifierWait = 'A whole number from 50 to 10000.'

const intentClassifier = z.discriminatedUnion('type', [
  /** That of `lib/intents`, within the gateway. */
  z.strictObject({ type: z.literal('local') }),
  /** A chat model, asked by the gateway itself; when it is late or answers something else, the default is taken. */
  z.strictObject({
    type: z.literal('model'),
    serviceId: z.string().min(1).max(64),
    model: z.string().trim().min(1, 'Name the model that tells the intents apart.').max(256),
    timeoutMs: z.int(classifierWait).min(50, classifierWait).max(10_000, classifierWait).default(1_000),
  }),
])
export type IntentClassifier = z.infer<typeof intentClassifier>

/** `labels`: with the local classifier titles for its intents; of a model, what it chooses among. */
const byIntent = z
  .object({
    mode: z.literal('intent'),
    classifier: intentClassifier.default({ type: 'local' }),
    labels: z.array(intentLabel).max(20).default([]),
    /** By their names. An intent without a target takes the default. */
    intents: z
      .record(intentName, modelTarget)
      .refine((intents) => Object.keys(intents).length > 0, 'Give an intent its service.'),
    default: modelTarget,
  })
  .superRefine(({ classifier, labels, intents }, context) => {
    const issue = (path: ReadonlyArray<string | number>, message: string) =>
      context.addIssue({ code: 'custom', path: [...path], message })
    const names = labels.map(({ name }) => name)
    const isKnown = (name: string) =>
      classifier.type === 'model' ? names.includes(name) : isLocalIntent(name)
    for (const [index, name] of names.entries()) {
      if (names.indexOf(name) < index) issue(['labels', index, 'name'], 'Another intent has this name.')
      if (!isKnown(name)) issue(['labels', index, 'name'], notLocal)
    }
    const unknown = classifier.type === 'model' ? 'There is no such intent. Add it to the labels.' : notLocal
    for (const name of Object.keys(intents)) if (!isKnown(name)) issue(['intents', name], unknown)
  })

const notLocal = `The local classifier knows ${localIntents.join(', ')}. Choose a model as the classifier for others.`

function isLocalIntent(name: string): boolean {
  return (localIntents as readonly string[]).includes(name)
}

export const modelRouting = z.discriminatedUnion('mode', [single, byModelName, byWeight, byMetrics, byIntent])
export type ModelRouting = z.infer<typeof modelRouting>
export type ModelRoutingForm = z.input<typeof modelRouting>

export const modelFallback = z
  .object({
    enabled: z.boolean().default(false),
    /** Only answers of services are followed up, not what the gateway itself says of them: no connection, no answer in time. */
    upstreamErrorsOnly: z.boolean().default(false),
    /** Tried in this order. */
    targets: z.array(modelTarget).max(10).default([]),
  })
  .refine(({ enabled, targets }) => !enabled || targets.length > 0, {
    path: ['targets'],
    error: 'Choose a service to fall back to.',
  })
export type ModelFallback = z.infer<typeof modelFallback>

export const noFallback: ModelFallback = { enabled: false, upstreamErrorsOnly: false, targets: [] }

export interface NamedTarget {
  /** Where it stands in the form. */
  readonly path: string
  readonly target: ModelTarget
}

/** Every target that a routing may choose. */
export function targetsOfRouting(routing: ModelRouting): NamedTarget[] {
  switch (routing.mode) {
    case 'single':
      return [{ path: 'target', target: routing.target }]
    case 'model-name':
      return [
        ...routing.rules.map(({ target }, index) => ({ path: `rules.${index}.target`, target })),
        ...(routing.default === null ? [] : [{ path: 'default', target: routing.default }]),
      ]
    case 'weight':
    case 'metrics':
      return routing.targets.map((target, index) => ({ path: `targets.${index}`, target }))
    case 'intent':
      return [
        ...Object.entries(routing.intents).map(([name, target]) => ({ path: `intents.${name}`, target })),
        { path: 'default', target: routing.default },
      ]
  }
}

/** The service that is asked where a request goes, by its place. */
export function classifierOf(routing: ModelRouting): NamedTarget[] {
  if (routing.mode !== 'intent' || routing.classifier.type === 'local') return []
  const { serviceId, model } = routing.classifier
  return [{ path: 'classifier', target: { serviceId, model } }]
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function weightsIn(input: unknown): number[] {
  return Array.isArray(input) ? input.map((target: { readonly weight: number }) => target.weight) : []
}
