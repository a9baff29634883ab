import * as z from 'zod'
import { problem } from '@/lib/domain/problem.ts'
import type { RouteDescription } from './declaration.ts'

export interface RouteEntry {
  /** `/api/v1/workspaces/{workspace}` */
  readonly path: string
  readonly method: string
  readonly route: RouteDescription
}

type Json = Record<string, unknown>

const problemBody = {
  description: 'A problem document (RFC 9457).',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

/** The OpenAPI 3.1 document, from the declarations that also run the routes. */
export function openApiDocument(entries: readonly RouteEntry[], version: string, publicUrl: string): Json {
  const paths: Record<string, Json> = {}
  for (const entry of entries) {
    paths[entry.path] = { ...paths[entry.path], [entry.method.toLowerCase()]: operation(entry) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Switchyard', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problem, 'output') },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'switchyard.session' },
        apiToken: { type: 'http', scheme: 'bearer', description: 'An API token: sw_ and 40 characters.' },
      },
    },
  }
}

function operation({ path, method, route }: RouteEntry): Json {
  const [status, schema] = route.success
  const { mediaType = 'application/json' } = route
  return {
    operationId: operationId(method, path),
    summary: route.summary,
    tags: [tagOf(path)],
    security: route.permission === 'public' ? [] : [{ session: [] }, { apiToken: [] }],
    parameters: [
      ...pathParameters(path),
      ...queryParameters(route.query),
      ...(route.creates ? [idempotencyKey] : []),
    ],
    ...(route.body && {
      requestBody: { content: { 'application/json': { schema: jsonSchema(route.body, 'input') } } },
    }),
    responses: {
      [status]: {
        description: 'Success.',
        ...(schema && { content: { [mediaType]: { schema: jsonSchema(schema, 'output') } } }),
      },
      default: problemBody,
    },
    ...(route.permission.includes('.') && { 'x-permission': route.permission }),
  }
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'The same key with the same body gets the first answer again, for 24 hours.',
  schema: { type: 'string', minLength: 8, maxLength: 200 },
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
}

function queryParameters(query: z.ZodType | undefined): Json[] {
  if (!query) return []
  const schema = jsonSchema(query, 'input')
  const required = (schema['required'] as string[] | undefined) ?? []
  return Object.entries((schema['properties'] as Json | undefined) ?? {}).map(([name, property]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: property,
  }))
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _draft, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}

/** `get` and `/api/v1/workspaces/{workspace}/members` make `getWorkspacesWorkspaceMembers`. */
function operationId(method: string, path: string): string {
  const words = path
    .replace('/api/v1', '')
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
  return method.toLowerCase() + words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('')
}

function tagOf(path: string): string {
  const [, , , first = 'api', , third] = path.split('/')
  return first === 'workspaces' && third ? third : first
}
