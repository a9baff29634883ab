import type { CreateInferenceServiceForm, InferenceService } from '@/lib/domain/inference-service.ts'
import type { ServiceToken } from '@/lib/domain/service-token.ts'
import type { Workspace } from '@/lib/domain/workspace.ts'
import type { ConsoleApi } from './console-api.ts'

export interface DeployedService {
  readonly id: string
  readonly name: string
  /** Below `/api/v1`. */
  readonly path: string
  readonly token: string
}

export async function createWorkspace(api: ConsoleApi, name: string): Promise<Workspace> {
  return api.post<Workspace>('/workspaces', { name })
}

/** Registers a running model server and returns what a caller needs. */
export async function deployService(
  api: ConsoleApi,
  workspace: string,
  input: { name: string; url: string } & Omit<Partial<CreateInferenceServiceForm>, 'name' | 'instances'>,
): Promise<DeployedService> {
  const { url, ...fields } = input
  const services = `/workspaces/${workspace}/inference-services`
  const service = await api.post<InferenceService>(services, {
    healthCheck: null,
    model: 'sample-model',
    ...fields,
    instances: [{ url, weight: 1 }],
  })
  const path = `${services}/${service.id}`
  return { id: service.id, name: service.name, path, token: await activeToken(api, path) }
}

export async function activeToken(api: ConsoleApi, servicePath: string): Promise<string> {
  const { items } = await api.get<{ items: ServiceToken[] }>(`${servicePath}/tokens?reveal=true`)
  const active = items.find((token) => token.expiresAt === null)?.token
  if (active === null || active === undefined) throw new Error('The service has no active token.')
  return active
}

/** The service as it is now; its version is what a write must name. */
export function readService(api: ConsoleApi, service: DeployedService): Promise<InferenceService> {
  return api.get<InferenceService>(service.path)
}
