'use client'

import { useRouter } from 'next/navigation'
import { useTimeZone, useTranslations } from 'use-intl'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { PageBody } from '@/components/page/page-body.tsx'
import { PageHeader } from '@/components/page/page-header.tsx'
import { useCreateWorkspace } from '@/lib/client/workspaces-queries.ts'
import { type CreateWorkspaceInput, createWorkspaceInput } from '@/lib/domain/workspace.ts'
import { WorkspaceNameField } from './workspace-name-field.tsx'

/** One field and one button; or, for those who may not create, whom to ask. */
export function FirstWorkspace({ owner }: { readonly owner: boolean }) {
  const t = useTranslations('workspaces')
  return (
    <PageBody layout="detail">
      <PageHeader title={owner ? t('first.title') : t('first.noneTitle')} />
      <p className="mb-6 max-w-[68ch] text-body text-ink-2">{owner ? t('first.intro') : t('first.none')}</p>
      {owner ? <FirstWorkspaceForm /> : null}
    </PageBody>
  )
}

function FirstWorkspaceForm() {
  const t = useTranslations('workspaces')
  const router = useRouter()
  const create = useCreateWorkspace()
  const timeZone = useTimeZone() ?? 'UTC'
  const form = useKitForm({
    schema: createWorkspaceInput,
    defaultValues: { name: '', displayName: '', description: '', timeZone },
  })
  const submit = async (input: CreateWorkspaceInput) => {
    const { name } = await create.mutateAsync(input)
    router.push(`/w/${name}`)
  }
  return (
    <Form form={form} onSubmit={submit} guard={false} aria-label={t('first.title')}>
      <WorkspaceNameField control={form.control} />
      <FormBar submitLabel={t('create')} sticky={false} fieldLabels={{ name: t('fields.name') }} />
    </Form>
  )
}
