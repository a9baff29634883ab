import { expect } from 'vitest'
import * as modelApi from '@/app/api/v1/workspaces/[workspace]/model-apis/[id]/route.ts'
import * as modelApis from '@/app/api/v1/workspaces/[workspace]/model-apis/route.ts'
import * as service from '@/app/api/v1/workspaces/[workspace]/services/[id]/route.ts'
import * as services from '@/app/api/v1/workspaces/[workspace]/services/route.ts'
import * as source from '@/app/api/v1/workspaces/[workspace]/sources/[id]/route.ts'
import * as sources from '@/app/api/v1/workspaces/[workspace]/sources/route.ts'
import * as tokens from '@/app/api/v1/workspaces/[workspace]/tokens/route.ts'
import * as workspaces from '@/app/api/v1/workspaces/route.ts'
import type { RouteHandler } from '@/lib/console/http/declaration.ts'
import { type Answer, call, startTestConsole } from '@/lib/console/testing/test-console.ts'
import type { TestDatabase } from '@/lib/persistence/testing/test-database.ts'

export const params = { workspace: 'acme' }
export const of = (id: string) => ({ ...params, id })

/** A console with two workspaces. */
export async function startWithWorkspaces(database: TestDatabase) {
  const console_ = await startTestConsole(database)
  for (const name of ['acme', 'other']) {
    expect((await call(workspaces.POST, 'POST', { body: { name } })).status).toBe(201)
  }
  return { ...console_, database: database.database }
}

interface Resource {
  readonly list: { readonly GET: RouteHandler; readonly POST: RouteHandler }
  readonly one: { readonly GET: RouteHandler; readonly PATCH: RouteHandler; readonly DELETE: RouteHandler }
}

function callsOf({ list, one }: Resource) {
  return {
    post: (body: object, where: object = params) =>
      call(list.POST, 'POST', { params: { ...params, ...where }, body }),
    list: (query: Record<string, string> = {}) => call(list.GET, 'GET', { params, query }),
    get: (id: string) => call(one.GET, 'GET', { params: of(id) }),
    patch: (id: string, body: object) => call(one.PATCH, 'PATCH', { params: of(id), body }),
    remove: (id: string) => call(one.DELETE, 'DELETE', { params: of(id) }),
  }
}

export const onServices = callsOf({ list: services, one: service })
export const onSources = callsOf({ list: sources, one: source })
export const onModelApis = callsOf({ list: modelApis, one: modelApi })

export async function made(answer: Promise<Answer>) {
  const { status, text, json } = await answer
  expect(status, text).toBe(201)
  return json
}

/** A token of the workspace that holds less than its owner. */
export async function tokenOf(role: string, workspace = 'acme'): Promise<string> {
  const body = { name: role, role }
  return (await call(tokens.POST, 'POST', { params: { workspace }, body })).json.token
}

export const baseUrl = 'http://10.0.0.1:8000/v1'
export const compatible = (change: object = {}) => ({
  provider: 'openai-compatible',
  baseUrl,
  apiKeys: ['sk-abcdefghijklmnop'],
  ...change,
})
export const aiService = (change: object = {}, name = 'vllm') => ({
  ...{ name, gatewayId: 'shared', source: 'ai' },
  ai: compatible(change),
})
export const fixedService = (addresses: unknown[], change: object = {}) => ({
  ...{ name: 'fixed', gatewayId: 'shared', source: 'fixed' },
  fixed: { addresses, ...change },
})
/** What was refused, by path: the codes. */
export const refusals = ({ json }: Answer): Record<string, string> =>
  Object.fromEntries(json.invalidFields.map(({ path, code }: { path: string; code: string }) => [path, code]))
