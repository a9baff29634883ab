'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { problemOf } from '@/components/form/form-problem.ts'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { modelApiQueries, useUpdateModelApi } from '@/lib/client/model-apis-queries.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { ModelPlugins } from '@/lib/domain/model-plugins.ts'
import { FormHeld } from '../../../form-held.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { withFieldPaths } from '../../../with-field-paths.ts'
import { useModelApi } from '../model-api-context.ts'
import { type EditedPlugin, type PluginName, useFollowPlugin } from './held-plugin.tsx'

/**
 * Saves one plugin over the newest version that the reader could see. Where only other settings changed meanwhile it
 * saves all the same; where this one did, the form waits and shows what the other person wrote.
 */
export function useSavePlugin<Name extends PluginName>(
  edited: EditedPlugin<Name>,
  isDirty: boolean,
  fieldPath: (path: string) => string,
) {
  const { name, latest } = edited
  const api = useModelApi()
  const { workspace } = useWorkspace()
  const queryClient = useQueryClient()
  const update = useUpdateModelApi(workspace, api.id)
  const saved = useRef<string | null>(null)
  useFollowPlugin(edited, isDirty, saved)
  const write = async (value: ModelPlugins[Name], version: number) => {
    const { plugins } = await update.mutateAsync({ plugins: { [name]: value }, version })
    saved.current = JSON.stringify(plugins[name])
  }
  return async (value: ModelPlugins[Name]) => {
    try {
      const current = await conflictOf(() => write(value, api.version))
      if (current === null) return
      if (JSON.stringify(current.plugins[name]) !== JSON.stringify(latest)) throw new FormHeld()
      if ((await conflictOf(() => write(value, current.version))) !== null) throw new FormHeld()
    } catch (refusal) {
      if (refusal instanceof FormHeld) {
        await queryClient.invalidateQueries({ queryKey: modelApiQueries.all(workspace) })
      }
      throw asOwn(refusal, `plugins.${name}.`, fieldPath)
    }
  }
}

/** Its complaints on the fields of this form; one about another plugin, which this change would break, on the form. */
function asOwn(refusal: unknown, prefix: string, fieldPath: (path: string) => string): unknown {
  const problem = problemOf(refusal)
  const foreign = problem?.invalidFields?.find(({ path }) => !path.startsWith(prefix))
  if (problem === undefined || foreign === undefined) {
    return withFieldPaths(refusal, (path) => fieldPath(path.slice(prefix.length)))
  }
  return { ...problem, detail: foreign.message, invalidFields: undefined }
}

/** The API as it is now where somebody else saved first; null when the write went through. */
async function conflictOf(write: () => Promise<unknown>): Promise<ModelApi | null> {
  try {
    await write()
    return null
  } catch (error) {
    if (!(error instanceof ConsoleApiError) || error.code !== 'version_conflict') throw error
    return error.current as ModelApi
  }
}
