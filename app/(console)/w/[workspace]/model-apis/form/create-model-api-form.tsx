'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { useIssueText } from '@/components/form/issue-text.ts'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { modelApiFormSchema } from '@/lib/client/model-api-form-schema.ts'
import {
  createModelApiOf,
  emptyModelApiForm,
  type ModelApiFormValues,
} from '@/lib/client/model-api-form-values.ts'
import { useCreateModelApi } from '@/lib/client/model-apis-queries.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { modelApiHref, modelApisHref } from '../model-api-href.ts'
import { ModelApiForm } from './model-api-form.tsx'

export function CreateModelApiForm({ gatewayId }: { readonly gatewayId: string }) {
  const t = useTranslations('model-apis')
  const router = useRouter()
  const { workspace } = useWorkspace()
  const create = useCreateModelApi(workspace)
  const error = useIssueText()
  const form = useKitForm({
    schema: modelApiFormSchema(error),
    defaultValues: emptyModelApiForm(gatewayId),
  })
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
