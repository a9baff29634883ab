'use client'

import { useQuery } from '@tanstack/react-query'
import { useWatch } from 'react-hook-form'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import { modelApiQueries } from '@/lib/client/model-apis-queries.ts'
import { basePath, type ModelApi } from '@/lib/domain/model-api.ts'
import { useWorkspace } from '../../use-workspace.ts'

interface TakenPlaces {
  /** The API of this workspace that has the name; null: none, or it cannot be seen from here. */
  readonly nameOwner: ModelApi | null
  /** The first name like it that no API of this workspace has. */
  readonly freeName: string
  /** The API of this workspace that answers at the chosen names and path. */
  readonly placeOwner: ModelApi | null
}

/** What of the form another API has already, as far as this workspace knows; the server knows all. */
export function useTakenPlaces(own: ModelApi | null): TakenPlaces {
  const { workspace } = useWorkspace()
  const all = useQuery(modelApiQueries.list(workspace)).data ?? []
  const [name, gatewayId, written, domainIds] = useWatch<
    ModelApiFormValues,
    readonly ['name', 'gatewayId', 'basePath', 'domainIds']
  >({ name: ['name', 'gatewayId', 'basePath', 'domainIds'] })
  const others = all.filter(({ id }) => id !== own?.id)
  const names = new Set(all.map((api) => api.name))
  const path = basePath.safeParse(written)
  const isThere = (api: ModelApi) =>
    path.success &&
    api.gateway.id === gatewayId &&
    api.basePath === path.data &&
    (domainIds.length === 0 ? api.domainIds.length === 0 : api.domainIds.some((id) => domainIds.includes(id)))
  return {
    nameOwner: others.find((api) => api.name === name.trim()) ?? null,
    freeName: freeName(name.trim(), names),
    placeOwner: others.find(isThere) ?? null,
  }
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let number = 2
  while (taken.has(`${name}-${number}`)) number += 1
  return `${name}-${number}`
}
