'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { FormSection } from '@/components/form/form-section.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { PageHeader } from '@/components/page/page-header.tsx'
import { consumerGrantsPath, idsOfGrants, updateConsumerValues } from '@/lib/client/consumer-form.ts'
import { consumerQueries, useUpdateConsumer } from '@/lib/client/consumers-queries.ts'
import type { Consumer } from '@/lib/domain/consumer.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { useConflict } from '../../../use-conflict.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { VersionConflict } from '../../../version-conflict.tsx'
import { type Edited, useFollowLatest } from '../../../versioned-form.tsx'
import { withFieldPaths } from '../../../with-field-paths.ts'
import { consumerHref } from '../../consumer-href.ts'
import { GrantsField } from '../../form/grants-field.tsx'

/** With the names of what it may call, as the form shows them. */
type EditedConsumer = Consumer & { readonly grants: readonly string[] }

interface UpdateConsumerFormProps extends Edited<EditedConsumer> {
  readonly apis: readonly ModelApi[]
}

export function UpdateConsumerForm({ apis, ...edited }: UpdateConsumerFormProps) {
  const { base } = edited
  const t = useTranslations('consumers')
  const router = useRouter()
  const { workspace } = useWorkspace()
  const form = useKitForm({
    schema: updateConsumerValues,
    defaultValues: { name: base.name, modelApis: [...base.grants] },
  })
  const { isDirty, isSubmitting } = form.formState
  useFollowLatest(edited, isDirty)
  const update = useUpdateConsumer(workspace, base.id)
  const href = consumerHref(workspace, base.id)
  const { save, conflict } = useConflict({
    edited,
    isDirty,
    labels: { name: t('form.name'), grants: t('form.grants') },
    queryKey: consumerQueries.detail(workspace, base.id).queryKey,
  })
  const write = async ({ name, modelApis }: { name: string; modelApis: readonly string[] }) => {
    const input = { name, modelApiIds: idsOfGrants(modelApis, apis) }
    try {
      await save((version) => update.mutateAsync({ ...input, version }))
    } catch (refusal) {
      throw withFieldPaths(refusal, consumerGrantsPath)
    }
    toast(t('saved'))
    router.push(href)
  }
  return (
    <Form form={form} onSubmit={write} aria-label={t('editTitle', { name: base.name })}>
      <PageHeader title={t('editTitle', { name: base.name })} />
      {conflict ? <VersionConflict {...conflict} busy={isSubmitting} /> : null}
      <FormSection title={t('kind')}>
        <TextField name="name" control={form.control} label={t('form.name')} charactersMax={64} mono />
        <GrantsField />
      </FormSection>
      <FormBar
        submitLabel={t('save')}
        cancelHref={href}
        fieldLabels={{ name: t('form.name'), modelApis: t('form.grants') }}
      />
    </Form>
  )
}
