import * as z from 'zod'
import { metricsObjectives } from './model-routing.ts'

/** Late; no answer, or one that is an error; none of the intents; asked too often at once. */
export const classifierProblems = [
  'classifier_timed_out',
  'classifier_failed',
  'classifier_unclear',
  'classifier_busy',
] as const
export type ClassifierProblem = (typeof classifierProblems)[number]

/** What a model has told of a request. */
export interface ToldIntent {
  /** Null: none. */
  readonly intent: string | null
  /** Why it told none; null: it told one, or there was nothing to ask about. */
  readonly problem: ClassifierProblem | null
}

/** Why a request went where it went, as nodes tell it. Positions begin at 0. */
export const routeReason = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('single') }),
  /** To the service that has what the request is about. */
  z.object({ mode: z.literal('affinity') }),
  /** `rule` is null where the default was taken. */
  z.object({ mode: z.literal('model-name'), rule: z.int().nullable(), pattern: z.string().nullable() }),
  z.object({ mode: z.literal('weight'), position: z.int(), weight: z.int() }),
  z.object({ mode: z.literal('metrics'), position: z.int(), objective: z.enum(metricsObjectives) }),
  z.object({
    mode: z.literal('intent'),
    classifier: z.enum(['local', 'model']),
    /** Null where the classifier is not sure, or could not tell. */
    intent: z.string().nullable(),
    /** 0 to 1; null: a model tells none. */
    confidence: z.number().nullable(),
    /** No target is set for it. */
    isDefault: z.boolean(),
    /** Why a model told none. */
    problem: z.enum(classifierProblems).nullable(),
  }),
])
export type RouteReason = z.infer<typeof routeReason>
