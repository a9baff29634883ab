'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { useIssueText } from '@/components/form/issue-text.ts'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { createModelApiOf, settingsOf } from '@/lib/client/model-api-form-output.ts'
import { modelApiFormSchema } from '@/lib/client/model-api-form-schema.ts'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import { useCreateModelApi } from '@/lib/client/model-apis-queries.ts'
import { type ModelApiUseCase, protocolsOf } from '@/lib/domain/model-api-routes.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { createdModelApiHref, modelApisHref } from '../model-api-href.ts'
import { CreationNotes } from './creation-notes.tsx'
import { ModelApiForm } from './model-api-form.tsx'
import { ReviewSettings } from './review-settings.tsx'

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
    router.push(createdModelApiHref(workspace, created.id))
  }
  return (
    <ModelApiForm
      form={form}
      api={null}
      title={t('create')}
      saveLabel={t('create')}
      cancelHref={modelApisHref(workspace)}
      onSave={save}
      review={{
        title: t('review.create'),
        section: t('settings.title'),
        note: t('review.createNote'),
        content: (values) => (
          <>
            <ReviewSettings values={values} settings={settingsOf(values)} />
            <CreationNotes settings={settingsOf(values)} />
          </>
        ),
      }}
    />
  )
}
