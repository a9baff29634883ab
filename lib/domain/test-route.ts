import * as z from 'zod'
import { createModelApiInput } from './model-api.ts'
import { localIntents, metricsObjectives } from './model-routing.ts'
import { classifierProblems } from './route-reason.ts'

const { gatewayId, useCase, protocol, routing } = createModelApiInput.shape

/** A sample request, and the API that is asked where it would go: a stored one, or a draft. */
export const testRouteInput = z
  .object({
    /** Id or name. */
    modelApiId: z.string().min(1).max(64).nullable().default(null),
    draft: z.object({ gatewayId, useCase, protocol, routing }).nullable().default(null),
    /** Null: the request names none. */
    model: z.string().trim().min(1, 'Name a model, or leave it out.').max(256).nullable().default(null),
    prompt: z.string().max(20_000, 'At most 20000 characters.').default(''),
  })
  .refine(({ modelApiId, draft }) => (modelApiId === null) !== (draft === null), {
    path: ['modelApiId'],
    error: 'Name a Model API, or send a draft of one.',
  })
export type TestRouteInput = z.infer<typeof testRouteInput>

const reason = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('single') }),
  /** `rule` begins at 0 and is null where none takes the model: the default is taken, if there is one. */
  z.object({ mode: z.literal('model-name'), rule: z.int().nullable(), pattern: z.string().nullable() }),
  z.object({ mode: z.literal('weight') }),
  /** What each node has seen decides, so all targets are told. */
  z.object({ mode: z.literal('metrics'), objective: z.enum(metricsObjectives) }),
  z.object({
    mode: z.literal('intent'),
    classifier: z.enum(['local', 'model']),
    /** Null: the classifier is not sure enough, or could not tell. */
    intent: z.string().nullable(),
    /** Of the local classifier. Null: there is nothing to read. */
    likeliest: z.enum(localIntents).nullable(),
    /** Of the likeliest, 0 to 1; null: a model tells none. */
    confidence: z.number().nullable(),
    /** Why a model told no intent. */
    problem: z.enum(classifierProblems).nullable(),
    /** No target is set for the intent. */
    isDefault: z.boolean(),
    /** What speaks for the likeliest or, below 0, against it; the strongest first. Empty of a model. */
    reasons: z.array(
      z.object({ kind: z.enum(['text', 'structure']), label: z.string(), contribution: z.number() }),
    ),
  }),
])
export type TestedReason = z.infer<typeof reason>

const target = z.object({
  /** Where it stands in the API: `routing.rules.0.target`. */
  path: z.string(),
  service: z.object({ id: z.string(), name: z.string() }),
  /** What the service is asked for; null: no model is named. */
  model: z.string().nullable(),
  /** Of all requests, in percent, where weights decide; else null. */
  share: z.int().nullable(),
})
export type TestedTarget = z.infer<typeof target>

const warning = z.object({
  /** Of the field in the API. */
  path: z.string(),
  code: z.enum(['rule_unreachable', 'service_unhealthy', 'protocol_unsupported']),
  message: z.string(),
})
export type RouteWarning = z.infer<typeof warning>

export const routeTestResult = z.object({
  /** Empty: the request is refused with `model_not_routed`. Several: weights or metrics decide among them. */
  targets: z.array(target),
  reason,
  /** Of the whole routing, whatever the sample. */
  warnings: z.array(warning),
})
export type RouteTestResult = z.infer<typeof routeTestResult>
