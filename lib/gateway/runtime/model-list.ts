import { routesOf } from '@/lib/domain/model-api-routes.ts'
import { modelMatcher } from '@/lib/domain/model-pattern.ts'
import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'
import { type ModelTarget, type RoutingSnapshot, targetsOf } from '@/lib/snapshot/model-routing-snapshot.ts'

/** Where callers ask which models there are, below the base path. */
export const modelListPath = '/v1/models'

/** The models that a service is known to have, by its id. */
type ModelsOf = (serviceId: string) => readonly string[]

/** False where the protocol has no such list, or where such an API relays the route to its services. */
export function hasModelList({ useCase, protocol }: Pick<ModelApiSnapshot, 'useCase' | 'protocol'>): boolean {
  return (
    Object.hasOwn(forms, protocol) && !routesOf(useCase, protocol).some(({ path }) => path === modelListPath)
  )
}

/** What `GET /v1/models` answers: the models that the API is known to route, in the form of its protocol. */
export function buildModelList(
  { name, protocol, routing }: Pick<ModelApiSnapshot, 'name' | 'protocol' | 'routing'>,
  modelsOf: ModelsOf,
): Buffer | null {
  const form = forms[protocol]
  return form === undefined ? null : Buffer.from(JSON.stringify(form(routedModels(routing, modelsOf), name)))
}

/** Each once, in the order of the routing: what a rule names, what targets are rewritten to, what services have. */
export function routedModels(routing: RoutingSnapshot, modelsOf: ModelsOf): string[] {
  const offered = ({ serviceId, model }: ModelTarget) => (model === null ? modelsOf(serviceId) : [model])
  if (routing.mode !== 'model-name') return [...new Set(targetsOf(routing).flatMap(offered))]
  const found = routing.rules.flatMap(({ pattern, target }) =>
    /[*?]/.test(pattern) ? offered(target).filter(modelMatcher(pattern)) : [pattern],
  )
  return [...new Set([...found, ...(routing.default === null ? [] : offered(routing.default))])]
}

type ListForm = (models: readonly string[], owner: string) => object

/** When models were made is not known here, which both protocols write as the beginning of 1970. */
const forms: Readonly<Partial<Record<ModelApiSnapshot['protocol'], ListForm>>> = {
  /** As OpenAI's "List models" answers. */
  openai: (models, owner) => ({
    object: 'list',
    data: models.map((id) => ({ id, object: 'model', created: 0, owned_by: owner })),
  }),
  /** As Anthropic's "List Models" answers, in one page. */
  anthropic: (models) => ({
    data: models.map((id) => ({
      ...{ type: 'model', id, display_name: id },
      created_at: '1970-01-01T00:00:00Z',
    })),
    has_more: false,
    first_id: models[0] ?? null,
    last_id: models.at(-1) ?? null,
  }),
}
