'use client'

import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { useIssueText } from '@/components/form/issue-text.ts'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { Drawer } from '@/components/ui/drawer.tsx'
import {
  createSourceOf,
  emptySourceForm,
  type SourceFormValues,
  sourceFormSchema,
} from '@/lib/client/source-form.ts'
import { useCreateSource } from '@/lib/client/sources-queries.ts'
import type { Source, SourceType } from '@/lib/domain/source.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { SourceForm } from './source-form.tsx'

interface CreateSourceDrawerProps {
  readonly gatewayId: string
  /** Only this one, where a service of it is being made. */
  readonly type?: SourceType
  readonly onCreated: (source: Source) => void
  readonly onClose: () => void
}

export function CreateSourceDrawer({ gatewayId, type, onCreated, onClose }: CreateSourceDrawerProps) {
  const t = useTranslations('sources')
  const { workspace } = useWorkspace()
  const create = useCreateSource(workspace)
  const error = useIssueText()
  const form = useKitForm({
    schema: sourceFormSchema({ error, stored: null }),
    defaultValues: emptySourceForm(gatewayId, type ?? 'kubernetes'),
  })
  const save = async (values: SourceFormValues) => {
    const created = await create.mutateAsync(createSourceOf(values))
    toast(t('created'))
    onCreated(created)
  }
  return (
    <Drawer
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      width={720}
      title={t('create')}
    >
      <SourceForm
        form={form}
        source={null}
        fixedType={type !== undefined}
        title={t('create')}
        submitLabel={t('create')}
        onSave={save}
        onCancel={onClose}
      />
    </Drawer>
  )
}
