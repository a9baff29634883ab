import type { Consumer } from '@/lib/domain/consumer.ts'
import type { ConsoleApi } from './console-api.ts'

/** One with a credential of each kind, one of them on its way out, to look at. */
export async function createConsumer(
  api: ConsoleApi,
  workspace: string,
  modelApiId: string,
): Promise<Consumer> {
  const consumer = await api.post<Consumer>(`/workspaces/${workspace}/consumers`, {
    name: 'billing-batch',
    modelApiIds: [modelApiId],
    credentials: [
      { type: 'api-key' },
      { type: 'hmac', keyId: 'billing-batch-1' },
      {
        type: 'jwt',
        keys: { from: 'url', jwksUrl: 'http://127.0.0.1:9/jwks.json' },
        algorithms: ['RS256'],
        issuer: 'https://issuer.example.com',
        audience: null,
        value: 'billing',
      },
    ],
  })
  const base = `/workspaces/${workspace}/consumers/${consumer.id}`
  await api.post(`${base}/credentials/${consumer.credentials[0]?.id}/rotate`, { graceSeconds: 86_400 })
  return consumer
}
