'use client'

import { useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text.tsx'
import { toast } from '@/components/feedback/toast.ts'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { useIssueText } from '@/components/form/issue-text.ts'
import { TextField } from '@/components/form/text-field.tsx'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { Dialog } from '@/components/ui/dialog.tsx'
import { keyFormOf } from '@/lib/client/provider-form.ts'
import { providerQueries } from '@/lib/client/providers-queries.ts'
import { updateServiceOf } from '@/lib/client/service-form-input.ts'
import { serviceFieldPath, serviceFormSchema } from '@/lib/client/service-form-schema.ts'
import { emptyKey, type ServiceFormValues, serviceFormOf } from '@/lib/client/service-form-values.ts'
import { useUpdateUpstreamService } from '@/lib/client/upstream-services-queries.ts'
import type { ProviderManifest } from '@/lib/domain/provider-manifest.ts'
import type { ServiceKey, UpstreamService } from '@/lib/domain/upstream-service.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { withFieldPaths } from '../../with-field-paths.ts'
import { KeyFields } from '../form/key-fields.tsx'

interface KeyDialogProps {
  readonly service: UpstreamService
  /** Null: one more. */
  readonly replaced: ServiceKey | null
  readonly onClose: () => void
}

/** A new key, beside the others or in the place of one. */
export function KeyDialog(props: KeyDialogProps) {
  const { service, replaced, onClose } = props
  const t = useTranslations('services.keys')
  const { data, error } = useQuery(providerQueries.list())
  const manifest = data?.find(({ id }) => id === service.provider?.id)
  const title = replaced ? t('replaceTitle', { hint: replaced.hint }) : t('addTitle')
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={title}
      description={t(replaced ? 'replaceNote' : 'addNote')}
    >
      {data && manifest ? (
        <KeyForm {...props} manifest={manifest} manifests={data} title={title} />
      ) : (
        <FailureText error={error} />
      )}
    </Dialog>
  )
}

interface KeyFormProps extends KeyDialogProps {
  readonly manifest: ProviderManifest
  readonly manifests: readonly ProviderManifest[]
  readonly title: string
}

/** The service's own form with one row of it shown: everything else is sent as it was. */
function KeyForm({ service, replaced, onClose, manifest, manifests, title }: KeyFormProps) {
  const t = useTranslations('services.keys')
  const labels = useTranslations('services.form')
  const { workspace } = useWorkspace()
  const locale = useLocale()
  const error = useIssueText()
  const update = useUpdateUpstreamService(workspace, service.id)
  const stored = serviceFormOf(service)
  const index = replaced ? service.keys.findIndex(({ id }) => id === replaced.id) : stored.keys.length
  const credential = keyFormOf(manifest, stored.protocol, stored.options)
  const row = { ...emptyKey(), label: replaced?.label ?? '' }
  const form = useKitForm({
    schema: serviceFormSchema({ manifests, locale, error }),
    defaultValues: { ...stored, keys: stored.keys.toSpliced(index, replaced ? 1 : 0, row) },
  })
  const save = async (values: ServiceFormValues) => {
    const keys = values.keys.map((key, at) =>
      at === index && replaced ? { ...key, keyId: replaced.id } : key,
    )
    try {
      await update.mutateAsync(updateServiceOf({ ...values, keys }, manifests, service.version))
    } catch (refusal) {
      throw withFieldPaths(refusal, (path) => serviceFieldPath(path, values, manifests))
    }
    toast(t(replaced ? 'replacedToast' : 'addedToast'))
    onClose()
  }
  return (
    <Form form={form} onSubmit={save} aria-label={title}>
      <div className="flex flex-col gap-[18px]">
        {credential ? (
          // The fields lay themselves out along a row.
          <div className="flex flex-wrap">
            <KeyFields
              manifest={manifest}
              manifests={manifests}
              credential={credential}
              path={`keys.${index}`}
              label={t('key')}
            />
          </div>
        ) : null}
        <TextField<ServiceFormValues>
          name={`keys.${index}.label` as 'name'}
          label={labels('keyLabel')}
          optional
        />
      </div>
      <FormBar
        submitLabel={t(replaced ? 'replace' : 'add')}
        sticky={false}
        onCancel={onClose}
        fieldLabels={{ keys: t('key') }}
      />
    </Form>
  )
}
