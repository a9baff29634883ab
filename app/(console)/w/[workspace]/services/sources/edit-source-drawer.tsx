'use client'

import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { useIssueText } from '@/components/form/issue-text.ts'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { Button } from '@/components/ui/button.tsx'
import { Drawer } from '@/components/ui/drawer.tsx'
import {
  type SourceFormValues,
  sourceFormOf,
  sourceFormSchema,
  updateSourceOf,
} from '@/lib/client/source-form.ts'
import { sourceQueries, useUpdateSource } from '@/lib/client/sources-queries.ts'
import type { Source } from '@/lib/domain/source.ts'
import { DrawerMissing } from '../../drawer-missing.tsx'
import { DrawerPart } from '../../drawer-part.tsx'
import { UsersList } from '../../object-users.tsx'
import { useConflict } from '../../use-conflict.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { VersionConflict } from '../../version-conflict.tsx'
import { type Edited, useFollowLatest, VersionedForm } from '../../versioned-form.tsx'
import { SourceForm } from './source-form.tsx'

interface EditSourceDrawerProps {
  /** Undefined: no such source. */
  readonly source: Source | undefined
  readonly refusal: string | undefined
  readonly onDelete: (source: Source) => void
  readonly onClose: () => void
}

export function EditSourceDrawer({ source, refusal, onDelete, onClose }: EditSourceDrawerProps) {
  const t = useTranslations('sources')
  return (
    <Drawer
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      width={720}
      title={source?.name ?? t('missing')}
      description={source && `${t(`types.${source.type}`)} · ${source.endpoint}`}
    >
      {source ? (
        <>
          {refusal === undefined ? (
            <VersionedForm key={source.id} latest={source}>
              {(edited) => <EditForm edited={edited} onDelete={() => onDelete(source)} onClose={onClose} />}
            </VersionedForm>
          ) : (
            <p className="text-control text-ink-2">{refusal}</p>
          )}
          <DrawerPart title={t('columns.services')}>
            {source.services.length === 0 ? (
              <p className="text-control text-ink-3">{t('unused')}</p>
            ) : (
              <UsersList users={source.services.map((service) => ({ kind: 'service', ...service }))} />
            )}
          </DrawerPart>
        </>
      ) : (
        <DrawerMissing onClose={onClose} />
      )}
    </Drawer>
  )
}

interface EditFormProps {
  readonly edited: Edited<Source>
  readonly onDelete: () => void
  readonly onClose: () => void
}

function EditForm({ edited, onDelete, onClose }: EditFormProps) {
  const { base } = edited
  const t = useTranslations('sources')
  const { workspace } = useWorkspace()
  const update = useUpdateSource(workspace, base.id)
  const error = useIssueText()
  const form = useKitForm({
    schema: sourceFormSchema({ error, stored: base }),
    defaultValues: sourceFormOf(base),
  })
  const { isDirty, isSubmitting } = form.formState
  useFollowLatest(edited, isDirty)
  const { queryKey } = sourceQueries.list(workspace)
  const labels = { name: t('columns.name'), endpoint: t('columns.endpoint') }
  const { save, conflict } = useConflict({ edited, isDirty, labels, queryKey })
  const submit = async (values: SourceFormValues) => {
    await save((version) => update.mutateAsync(updateSourceOf(values, version)))
    toast(t('saved'))
    onClose()
  }
  return (
    <SourceForm
      form={form}
      source={base}
      fixedType
      title={t('edit')}
      submitLabel={t('save')}
      onSave={submit}
      onCancel={onClose}
      remark={conflict ? <VersionConflict {...conflict} busy={isSubmitting} /> : null}
      extra={
        <Button variant="quiet" className="text-bad-text!" onClick={onDelete}>
          {t('delete')}
        </Button>
      }
    />
  )
}
