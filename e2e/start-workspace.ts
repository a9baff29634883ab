import type { Gateway, UpdateGatewayInput } from '@/lib/domain/gateway.ts'
import type {
  CreateInferenceServiceForm,
  InferenceService,
  UpdateInferenceServiceInput,
} from '@/lib/domain/inference-service.ts'
import { callService, type ServiceAnswer, type ServiceCall } from './call-service.ts'
import { type ConsoleApi, createConsoleApi } from './console-api.ts'
import { activeToken, createWorkspace, type DeployedService } from './deploy-service.ts'
import { type Installation, startInstallation } from './start-installation.ts'

type ServiceChange = Partial<Omit<CreateInferenceServiceForm, 'name' | 'instances'>>

/** An installation with one workspace: what tests of single settings change and call. */
export interface WorkspaceOnWire {
  readonly installation: Installation
  readonly api: ConsoleApi
  /** Below `/api/v1`. */
  readonly gatewayPath: string
  /** Without checks, retries or passive health, so that a test meets only the control that it sets. */
  deploy(name: string, urls: readonly string[], fields?: ServiceChange): Promise<DeployedService>
  read(service: DeployedService): Promise<InferenceService>
  change(
    service: DeployedService,
    fields: ServiceChange & Pick<UpdateInferenceServiceInput, 'instances'>,
  ): Promise<InferenceService>
  changeGateway(fields: Omit<UpdateGatewayInput, 'version'>): Promise<Gateway>
  call(service: DeployedService, call?: ServiceCall): Promise<ServiceAnswer>
  /** That many at once. */
  burst(service: DeployedService, count: number, call?: ServiceCall): Promise<ServiceAnswer[]>
  /** Statuses of that many calls, one after the other. */
  statuses(service: DeployedService, count: number): Promise<number[]>
}

export async function startWorkspace(name: string): Promise<WorkspaceOnWire> {
  const installation = await startInstallation()
  const api = createConsoleApi(installation.consoleUrl, installation.apiToken)
  await createWorkspace(api, name)
  const services = `/workspaces/${name}/inference-services`
  const gatewayPath = `/workspaces/${name}/gateways/shared`
  const call = (service: DeployedService, request?: ServiceCall) =>
    callService(installation.internetUrl, service.name, service.token, request)
  const read = (service: DeployedService) => api.get<InferenceService>(service.path)
  return {
    installation,
    api,
    gatewayPath,
    read,
    call,
    async deploy(serviceName, urls, fields) {
      const { id } = await api.post<InferenceService>(services, {
        healthCheck: null,
        passiveHealth: null,
        retries: { attempts: 0 },
        slowStartMs: 0,
        ...fields,
        name: serviceName,
        instances: urls.map((url) => ({ url })),
      })
      const path = `${services}/${id}`
      return { id, name: serviceName, path, token: await activeToken(api, path) }
    },
    async change(service, fields) {
      const { version } = await read(service)
      return api.patch<InferenceService>(service.path, { version, ...fields })
    },
    async changeGateway(fields) {
      const { version } = await api.get<Gateway>(gatewayPath)
      return api.patch<Gateway>(gatewayPath, { version, ...fields })
    },
    burst: (service, count, request) =>
      Promise.all(Array.from({ length: count }, () => call(service, request))),
    async statuses(service, count) {
      const seen: number[] = []
      while (seen.length < count) seen.push((await call(service)).status)
      return seen
    },
  }
}

/** The gateway's own code in an answer that it made; null for an answer of the model server. */
export function errorCode({ headers, text }: ServiceAnswer): string | null {
  if (headers['x-switchyard-error-source'] === undefined) return null
  return String(JSON.parse(text).error.code)
}
