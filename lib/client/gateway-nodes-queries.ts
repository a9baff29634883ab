import { queryOptions } from '@tanstack/react-query'
import type { GatewayNode } from '@/lib/domain/gateway.ts'
import { apiPath, consoleApi } from './console-api.ts'
import { gatewayQueries } from './gateways-queries.ts'

export const gatewayNodeQueries = {
  all: (workspace: string, gateway: string) => [...gatewayQueries.all(workspace), 'nodes', gateway] as const,
  list: (workspace: string, gateway: string) =>
    queryOptions({
      queryKey: gatewayNodeQueries.all(workspace, gateway),
      queryFn: async ({ signal }) =>
        (
          await consoleApi.get<{ items: GatewayNode[] }>(
            apiPath('workspaces', workspace, 'gateways', gateway, 'nodes'),
            { signal },
          )
        ).items,
      // Open requests and memory move without an event.
      refetchInterval: 10_000,
    }),
}
