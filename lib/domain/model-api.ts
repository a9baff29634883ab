import * as z from 'zod'
import { modelApiProtocols, modelApiUseCases } from './model-api-routes.ts'
import { defaultMonitoring, modelMonitoring } from './model-monitoring.ts'
import { modelPlugins, modelPluginsChange, noPlugins } from './model-plugins.ts'
import { modelFallback, modelRouting, noFallback } from './model-routing.ts'
import { objectFields, pageQuery, versionInput } from './object.ts'
import { disabledRoutes, routeIssues } from './switched-routes.ts'

const modelApiName = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'Letters, digits, _ and -, 1 to 64 in all.')

/** What APIs are found by together, and told apart from others. */
export const defaultResourceGroup = 'default'
const resourceGroup = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'Letters, digits, _ and -, 1 to 64 in all.')

/** What gateways answer themselves, or inference services below. */
const reservedPaths = ['/api/predict', '/api/v1/servicediscovery', '/exported', '/.well-known']

/**
 * Starts with `/`, no query or fragment, no empty segment; a slash at the end is cut. Requests are matched by their
 * bytes, so only what every caller writes in one way is taken.
 */
export const basePath = z
  .string()
  .trim()
  .max(256)
  .regex(/^\/(?:[^\s/?#]+(?:\/[^\s/?#]+)*\/?)?$/, {
    error: 'Start with / and leave out // ? and #.',
    abort: true,
  })
  .regex(/^[A-Za-z0-9/._~:@!$&'()*+,;=-]*$/, {
    error: 'Use letters and digits of ASCII and - . _ ~ alone.',
    abort: true,
  })
  .refine((path) => !/\/\.{1,2}(?:\/|$)/.test(path), 'Leave out the segments . and .. of the path.')
  .transform((path) => (path === '/' ? path : path.replace(/\/$/, '')))
  .refine(
    (path) => !reservedPaths.some((reserved) => path === reserved || path.startsWith(`${reserved}/`)),
    'Addresses below this path belong to inference services or to the gateway. Choose another one.',
  )

const fields = {
  /** Off: its addresses stay its own, and each call is refused. */
  enabled: z.boolean().default(true),
  resourceGroup: resourceGroup.default(defaultResourceGroup),
  monitoring: modelMonitoring.default(defaultMonitoring),
  disabledRoutes,
  /** The gateway's own names when empty. */
  domainIds: z
    .array(z.string().max(64))
    .max(50)
    .transform((ids) => [...new Set(ids)])
    .default([]),
  basePath: basePath.default('/'),
  removeBasePath: z.boolean().default(false),
  routing: modelRouting,
  fallback: modelFallback.default(noFallback),
  firstPacketTimeoutMs: z.int().min(0).max(600_000).default(0),
  plugins: modelPlugins.default(noPlugins),
}

const createFields = z.object({
  name: modelApiName,
  gatewayId: z.string().min(1).max(64),
  useCase: z.enum(modelApiUseCases).default('text'),
  protocol: z.enum(modelApiProtocols).default('openai'),
  ...fields,
})

export const createModelApiInput = createFields.superRefine((input, context) => {
  for (const { path, message } of routeIssues(input))
    context.addIssue({ code: 'custom', path: [path], message })
})
export type CreateModelApiInput = z.infer<typeof createModelApiInput>
export type CreateModelApiForm = z.input<typeof createModelApiInput>

/** Gateway, use case and protocol stay. */
export const updateModelApiInput = z.object({
  /** Errors, logs and metrics say it from then on; addresses and ids stay. */
  name: modelApiName.optional(),
  enabled: z.boolean().optional(),
  resourceGroup: resourceGroup.optional(),
  monitoring: modelMonitoring.optional(),
  disabledRoutes: disabledRoutes.unwrap().optional(),
  domainIds: fields.domainIds.unwrap().optional(),
  basePath: basePath.optional(),
  removeBasePath: z.boolean().optional(),
  routing: fields.routing.optional(),
  fallback: modelFallback.optional(),
  firstPacketTimeoutMs: fields.firstPacketTimeoutMs.unwrap().optional(),
  plugins: modelPluginsChange.optional(),
  ...versionInput.shape,
})
export type UpdateModelApiInput = z.infer<typeof updateModelApiInput>

export const modelApi = objectFields.extend({
  name: z.string(),
  enabled: z.boolean(),
  resourceGroup: z.string(),
  monitoring: modelMonitoring,
  gateway: z.object({ id: z.string(), name: z.string(), type: z.enum(['shared', 'alb', 'managed']) }),
  useCase: z.enum(modelApiUseCases),
  protocol: z.enum(modelApiProtocols),
  disabledRoutes: z.array(z.string()),
  domainIds: z.array(z.string()),
  basePath: z.string(),
  removeBasePath: z.boolean(),
  routing: modelRouting,
  fallback: modelFallback,
  firstPacketTimeoutMs: z.int(),
  plugins: modelPlugins,
  /** Whole addresses of its routes that are on. */
  addresses: z.array(z.object({ path: z.string(), url: z.string() })),
})
export type ModelApi = z.infer<typeof modelApi>

export const modelApiQuery = pageQuery.extend({
  gatewayId: z.string().max(64).optional(),
  resourceGroup: z.string().max(64).optional(),
})
