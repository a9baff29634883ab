import type { Tool } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { readObject, readObjects, readString, requireString } from '@/lib/protocols/json-reading.ts'
import { camelKeys } from './camel-keys.ts'
import { fromGeminiSchema } from './schema.ts'

/** Functions; the tools that Google runs itself (search, code) are dropped by name. */
export function readTools(body: JsonObject, dropped: DroppedFields): readonly Tool[] {
  return readObjects(body, 'tools').flatMap((raw, index) => {
    const group = camelKeys(raw)
    for (const key of Object.keys(group)) {
      if (key !== 'functionDeclarations') dropped.add(`tools[].${key}`)
    }
    const path = `tools[${index}]`
    return readObjects(group, 'functionDeclarations', path).map((declaration, position) =>
      readDeclaration(camelKeys(declaration), `${path}.functionDeclarations[${position}]`, dropped),
    )
  })
}

function readDeclaration(declaration: JsonObject, path: string, dropped: DroppedFields): Tool {
  const schema = readObject(declaration, 'parameters', path)
  for (const key of ['response', 'responseJsonSchema', 'behavior']) {
    if (declaration[key] !== undefined) dropped.add(`tools[].functionDeclarations[].${key}`)
  }
  return {
    name: requireString(declaration, 'name', path),
    description: readString(declaration, 'description', path),
    parameters:
      readObject(declaration, 'parametersJsonSchema', path) ??
      (schema === null ? { type: 'object', properties: {} } : fromGeminiSchema(schema)),
    strict: null,
  }
}
