'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { useIssueText } from '@/components/form/issue-text.ts'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { createModelApiOf } from '@/lib/client/model-api-form-output.ts'
import { modelApiFormSchema } from '@/lib/client/model-api-form-schema.ts'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import { useCreateModelApi } from '@/lib/client/model-apis-queries.ts'
import { type ModelApiUseCase, protocolsOf } from '@/lib/domain/model-api-routes.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { modelApiHref, modelApisHref } from '../model-api-href.ts'
import { ModelApiForm } from './model-api-form.tsx'

interface CreateModelApiFormProps {
  /** What the form begins with. */
  readonly initial: ModelApiFormValues
  /** As the address says; null while another one is being chosen, which keeps what was written. */
  readonly useCase: ModelApiUseCase | null
}

export function CreateModelApiForm({ initial, useCase }: CreateModelApiFormProps) {
  const t = useTranslations('model-apis')
  const router = useRouter()
  const { workspace } = useWorkspace()
  const create = useCreateModelApi(workspace)
  const error = useIssueText()
  const form = useKitForm({ schema: modelApiFormSchema(error), defaultValues: initial })
  const { getValues, setValue } = form
  // The use case lives in the address, where Back and a pasted link change it; the form follows.
  useEffect(() => {
    if (useCase === null || getValues('useCase') === useCase) return
    setValue('useCase', useCase)
    setValue('protocol', protocolsOf(useCase)[0] ?? 'openai')
  }, [useCase, getValues, setValue])
  const save = async (values: ModelApiFormValues) => {
    const created = await create.mutateAsync(createModelApiOf(values))
    toast(t('created'))
    router.push(modelApiHref(workspace, created.id))
  }
  return (
    <ModelApiForm
      form={form}
      api={null}
      title={t('create')}
      saveLabel={t('create')}
      cancelHref={modelApisHref(workspace)}
      onSave={save}
    />
  )
}
