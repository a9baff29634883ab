import type { ModelApiTab } from './[id]/model-api-tabs.ts'

/** The folder of a page below a Model API. */
export type ModelApiPage = 'edit' | Exclude<ModelApiTab, 'overview'>

export function modelApisHref(workspace: string): string {
  return `/w/${encodeURIComponent(workspace)}/model-apis`
}

/** `api` is an id or a name. */
export function modelApiHref(workspace: string, api: string, below?: ModelApiPage): string {
  return `${modelApisHref(workspace)}/${encodeURIComponent(api)}${below ? `/${below}` : ''}`
}

export function newModelApiHref(workspace: string): string {
  return `${modelApisHref(workspace)}/new`
}

/** Where a service is made, for APIs that have none to route to. */
export function newServiceHref(workspace: string): string {
  return `/w/${encodeURIComponent(workspace)}/services/new`
}
