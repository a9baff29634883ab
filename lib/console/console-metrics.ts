import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import { findGateway } from '@/lib/persistence/gateway-store.ts'
import { consoleContext } from './console-context.ts'
import { liveNodes } from './gateways/live-nodes.ts'

/** On globalThis: two copies of this module would both watch the event loop. */
const holder = globalThis as { __switchyardMetrics?: Registry }

/** Prometheus text about this process and what it knows of the shared gateway. */
export async function consoleMetrics(): Promise<{ text: string; contentType: string }> {
  holder.__switchyardMetrics ??= createRegistry()
  return {
    text: await holder.__switchyardMetrics.metrics(),
    contentType: holder.__switchyardMetrics.contentType,
  }
}

function createRegistry(): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'switchyard_console_' })
  new Gauge({
    name: 'switchyard_gateway_nodes',
    help: 'Nodes of the shared gateway that were heard of lately.',
    registers: [registry],
    async collect() {
      this.set((await liveNodes(consoleContext().database, sharedGatewayId)).length)
    },
  })
  new Gauge({
    name: 'switchyard_gateway_revision',
    help: 'Newest revision of the shared gateway.',
    registers: [registry],
    async collect() {
      this.set((await findGateway(consoleContext().database, sharedGatewayId))?.revision ?? 0)
    },
  })
  return registry
}
