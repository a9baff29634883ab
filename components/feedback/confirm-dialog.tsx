'use client'

import { type ReactNode, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { problemOf } from '@/components/form/form-problem.ts'
import { useSentences } from '@/components/form/issue-text.ts'
import { Button } from '@/components/ui/button.tsx'
import { Dialog } from '@/components/ui/dialog.tsx'
import { RequestId } from './request-id.tsx'

type ConfirmDialogProps = {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: ReactNode
  readonly description: ReactNode
  readonly confirmLabel: string
  readonly keepLabel?: string
  readonly danger?: boolean
  /** Throw to keep the dialog open with the reason. */
  readonly onConfirm: () => Promise<void>
  readonly children?: ReactNode
}

/** One question before an act that is disruptive but can be repeated or reversed. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  description,
  confirmLabel,
  keepLabel,
  danger = false,
  onConfirm,
  children,
}: ConfirmDialogProps) {
  const t = useTranslations('kit')
  const sentence = useSentences()
  const keep = useRef<HTMLButtonElement>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const problem = problemOf(failure)
  const confirm = async () => {
    setBusy(true)
    try {
      await onConfirm()
      onOpenChange(false)
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setFailure(null)
        onOpenChange(next)
      }}
      title={title}
      description={description}
      initialFocus={keep}
      footer={
        <>
          <Button ref={keep} onClick={() => onOpenChange(false)}>
            {keepLabel ?? t('cancel')}
          </Button>
          <Button variant={danger ? 'danger' : 'primary'} loading={busy} onClick={() => void confirm()}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {children}
      {failure === null ? null : (
        <div role="alert" className="text-control text-bad-text">
          {problem ? sentence(problem.detail) : t('error.unanswered')}
          {problem?.requestId ? <RequestId value={problem.requestId} /> : null}
        </div>
      )}
    </Dialog>
  )
}
