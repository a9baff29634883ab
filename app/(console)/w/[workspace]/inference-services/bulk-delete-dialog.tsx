'use client'

import { useId, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { Button } from '@/components/ui/button.tsx'
import { Dialog } from '@/components/ui/dialog.tsx'
import { Input } from '@/components/ui/input.tsx'
import { useDeleteInferenceService } from '@/lib/client/inference-services-queries.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import type { ActionFailure } from './use-service-actions.ts'

type BulkDeleteDialogProps = {
  readonly workspace: string
  readonly services: readonly InferenceService[]
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly onFinished: (failures: readonly ActionFailure[]) => void
}

/** Lists what goes and asks for the count. */
export function BulkDeleteDialog(props: BulkDeleteDialogProps) {
  const { services, open, onOpenChange } = props
  const t = useTranslations('inference-services.delete')
  const input = useRef<HTMLInputElement>(null)
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('bulkTitle', { count: services.length })}
      description={t('bulkText')}
      initialFocus={input}
    >
      <ul className="mb-4 max-h-40 divide-y divide-line overflow-y-auto border-y border-line text-control">
        {services.map((service) => (
          <li key={service.id} className="flex justify-between gap-4 py-1.5">
            <span className="font-mono">{service.name}</span>
            <span className="text-ink-3">{t('bulkRequests', { requests: service.traffic24h.requests })}</span>
          </li>
        ))}
      </ul>
      <BulkConfirmation {...props} inputRef={input} />
    </Dialog>
  )
}

type BulkConfirmationProps = BulkDeleteDialogProps & {
  readonly inputRef: React.RefObject<HTMLInputElement | null>
}

function BulkConfirmation({
  workspace,
  services,
  onOpenChange,
  onFinished,
  inputRef,
}: BulkConfirmationProps) {
  const t = useTranslations('inference-services')
  const id = useId()
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const { mutateAsync: deleteService } = useDeleteInferenceService(workspace)
  const matches = typed.trim() === String(services.length)
  const submit = async () => {
    if (!matches || busy) return
    setBusy(true)
    const results = await Promise.allSettled(services.map((service) => deleteService(service)))
    const failures = results.flatMap((result, index) =>
      result.status === 'rejected'
        ? [{ name: services[index]?.name ?? '', act: 'delete' as const, error: result.reason }]
        : [],
    )
    setBusy(false)
    const count = services.length - failures.length
    if (count > 0) toast(t('actions.deleted', { count }))
    onFinished(failures)
    onOpenChange(false)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <label htmlFor={id} className="mb-[5px] block text-control font-medium">
        {t('delete.bulkType', { count: services.length })}
      </label>
      <Input
        ref={inputRef}
        id={id}
        inputMode="numeric"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={() => onOpenChange(false)}>{t('delete.bulkKeep')}</Button>
        <Button
          type="submit"
          variant="danger"
          loading={busy}
          disabledReason={matches ? undefined : t('delete.bulkTypeFirst')}
        >
          {t('delete.bulkConfirm')}
        </Button>
      </div>
    </form>
  )
}
