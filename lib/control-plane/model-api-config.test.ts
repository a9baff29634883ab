import { expect, test } from 'vitest'
import { defaultMonitoring } from '@/lib/domain/model-monitoring.ts'
import { noPlugins } from '@/lib/domain/model-plugins.ts'
import { noFallback } from '@/lib/domain/model-routing.ts'
import { compileModelApi, modelApiDocument } from './model-api-config.ts'

const first = {
  ...{ workspaceId: 'ws_1', gatewayId: 'gw_shared', name: 'chat', useCase: 'text', protocol: 'openai' },
  ...{ domainIds: [], basePath: '/chat', removeBasePath: false, firstPacketTimeoutMs: 0 },
  routing: { mode: 'single', target: { serviceId: 'svc_1', model: null } },
}

test.each([
  [
    'a row, with what stood for fields to come',
    { fallback: {}, monitoring: {}, plugins: [], disabledRoutes: [] },
  ],
  ['a revision, without them', {}],
])('a Model API of the release before is read as it acted: %s', (_, later) => {
  const document = modelApiDocument.parse({ ...first, ...later })
  expect(document).toEqual({
    ...first,
    ...{ enabled: true, resourceGroup: 'default', disabledRoutes: [] },
    ...{ fallback: noFallback, monitoring: defaultMonitoring, plugins: noPlugins },
  })
  expect(compileModelApi({ id: 'mapi_1', document, domains: [] }, [])).toMatchObject({
    ...{ enabled: true, fallback: null, authorization: null, moderation: null, limits: null },
  })
})
