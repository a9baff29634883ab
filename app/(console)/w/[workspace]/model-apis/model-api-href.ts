import type { ModelApiUseCase } from '@/lib/domain/model-api-routes.ts'
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

/** Just made: its overview proposes to try it. */
export function createdModelApiHref(workspace: string, api: string): string {
  return `${modelApiHref(workspace, api)}?created=true`
}

/** The Debug panel, filled with what a record says. */
export function replayHref(workspace: string, api: string, record: string): string {
  return `${modelApiHref(workspace, api, 'debug')}?mode=call&record=${encodeURIComponent(record)}`
}

/** One request to it, by the id of its record or its request id. */
export function requestHref(workspace: string, api: string, id: string): string {
  return `${modelApiHref(workspace, api, 'requests')}?peek=${encodeURIComponent(id)}`
}

/** With a use case the form, without one the choice of it. */
export function newModelApiHref(workspace: string, useCase?: ModelApiUseCase): string {
  return `${modelApisHref(workspace)}/new${useCase ? `?use=${useCase}` : ''}`
}

/** A new one, filled from another one. */
export function duplicateModelApiHref(workspace: string, id: string): string {
  return `${newModelApiHref(workspace)}?from=${encodeURIComponent(id)}`
}

/** Where a service is made, for APIs that have none to route to. */
export function newServiceHref(workspace: string): string {
  return `/w/${encodeURIComponent(workspace)}/services/new`
}
