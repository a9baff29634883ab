import { expect, test } from 'vitest'
import { publishedSnapshot } from '@/lib/console/testing/published-snapshot.ts'
import { type Answer, closeTestConsoles } from '@/lib/console/testing/test-console.ts'
import { modelApiUseCases, protocolsOf, routesOf } from '@/lib/domain/model-api-routes.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import { aiService, made, onModelApis, onServices, startWithWorkspaces } from './testing/ai-gateway.ts'

const routed = (serviceId: string, change: object = {}) => ({
  ...{ name: 'chat', gatewayId: 'shared' },
  routing: { mode: 'single', target: { serviceId } },
  ...change,
})

const said = ({ json }: Answer): Record<string, string> =>
  Object.fromEntries(
    json.invalidFields.map(({ path, message }: { path: string; message: string }) => [path, message]),
  )

describeOnBothDatabases('what a Model API answers', (open) => {
  closeTestConsoles()
  const start = async () => startWithWorkspaces(await open())

  test('goes by its use case and protocol, and its addresses show it', async () => {
    await start()
    const { id } = await made(onServices.post(aiService()))
    const api = await made(onModelApis.post(routed(id, { useCase: 'embedding', basePath: '/vectors' })))
    expect(api).toMatchObject({ useCase: 'embedding', protocol: 'openai', disabledRoutes: [] })
    expect(api.addresses.map(({ path }: { path: string }) => path)).toContain('/v1/embeddings')
    expect(api.addresses.map(({ path }: { path: string }) => path)).not.toContain('/v1/chat/completions')
    await expect
      .poll(async () => (await publishedSnapshot())?.modelApis)
      .toMatchObject([{ useCase: 'embedding', protocol: 'openai', disabledRoutes: [] }])
  })

  test('is any pair of the table', async () => {
    await start()
    const { id } = await made(onServices.post(aiService()))
    for (const useCase of modelApiUseCases) {
      for (const protocol of protocolsOf(useCase)) {
        const name = `${useCase}-${protocol}`
        const api = await made(
          onModelApis.post(routed(id, { name, useCase, protocol, basePath: `/${name}` })),
        )
        const paths = new Set(api.addresses.map(({ path }: { path: string }) => path))
        expect(paths).toEqual(new Set(routesOf(useCase, protocol).map(({ path }) => path)))
      }
    }
  })

  test('is refused where the protocol is not one of the use case', async () => {
    await start()
    const { id } = await made(onServices.post(aiService()))
    const answer = await onModelApis.post(routed(id, { useCase: 'rerank', protocol: 'anthropic' }))
    expect(answer.status).toBe(422)
    expect(said(answer)).toEqual({
      protocol: 'Model APIs for rerank speak model-studio or vllm. Choose one of them.',
    })
  })

  test('leaves out the routes that are off, and comes back with them', async () => {
    await start()
    const { id } = await made(onServices.post(aiService()))
    const off = { disabledRoutes: ['completions', 'embeddings', 'completions'] }
    const api = await made(onModelApis.post(routed(id, off)))
    expect(api.disabledRoutes).toEqual(['completions', 'embeddings'])
    expect(new Set(api.addresses.map(({ path }: { path: string }) => path))).toEqual(
      new Set(['/v1/chat/completions']),
    )
    const disabledRoutes = () => publishedSnapshot().then((all) => all?.modelApis[0]?.disabledRoutes)
    await expect.poll(disabledRoutes).toEqual(['completions', 'embeddings'])
    const answer = await onModelApis.patch(api.id, { version: api.version, disabledRoutes: [] })
    expect(answer.status, answer.text).toBe(200)
    expect(answer.json.disabledRoutes).toEqual([])
    await expect.poll(disabledRoutes).toEqual([])
  })

  test('keeps one route at least, and knows no others', async () => {
    await start()
    const { id } = await made(onServices.post(aiService()))
    const all = ['chat-completions', 'completions', 'embeddings']
    const none = await onModelApis.post(routed(id, { disabledRoutes: all }))
    expect(none.status).toBe(422)
    expect(said(none)).toEqual({ disabledRoutes: 'Leave at least one route on.' })
    const api = await made(onModelApis.post(routed(id)))
    const { version } = api
    for (const [disabledRoutes, message] of [
      [all, 'Leave at least one route on.'],
      [['messages'], `This API has no route messages. Its routes are ${all.join(', ')}.`],
    ] as const) {
      const answer = await onModelApis.patch(api.id, { version, disabledRoutes })
      expect(answer.status).toBe(422)
      expect(said(answer)).toEqual({ disabledRoutes: message })
    }
  })
})
