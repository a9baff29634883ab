'use client'

import { useTranslations } from 'use-intl'
import { toast, toastFailure } from '@/components/feedback/toast.ts'
import { problemOf } from '@/components/form/form-problem.ts'
import { useSentences } from '@/components/form/issue-text.ts'
import { useUpdateModelApi } from '@/lib/client/model-apis-queries.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { useWorkspace } from '../use-workspace.ts'

/** Switches an API off or on at once; either can be undone. */
export function useSwitchModelApi(api: Pick<ModelApi, 'id' | 'name' | 'version' | 'enabled'>) {
  const t = useTranslations('model-apis.switched')
  const sentence = useSentences()
  const { workspace } = useWorkspace()
  const update = useUpdateModelApi(workspace, api.id)
  const turn = async (enabled: boolean, version: number): Promise<ModelApi | null> => {
    try {
      return await update.mutateAsync({ enabled, version })
    } catch (error) {
      const problem = problemOf(error)
      const requestId = problem?.requestId
      const title = problem ? sentence(problem.detail) : t('failed', { name: api.name })
      toastFailure(title, requestId === undefined ? {} : { requestId })
      return null
    }
  }
  const toggle = async () => {
    const wanted = !api.enabled
    const saved = await turn(wanted, api.version)
    if (saved === null) return
    toast(t(wanted ? 'on' : 'off', { name: api.name }), {
      undo: async () => void (await turn(!wanted, saved.version)),
    })
  }
  return { toggle, busy: update.isPending }
}
