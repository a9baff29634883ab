'use client'

import { type ReactNode, useId, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { problemOf } from '@/components/form/form-problem.ts'
import { useSentences } from '@/components/form/issue-text.ts'
import { Button } from '@/components/ui/button.tsx'
import { Dialog } from '@/components/ui/dialog.tsx'
import { Input } from '@/components/ui/input.tsx'
import { Callout } from './callout.tsx'
import { RequestId } from './request-id.tsx'

type DeleteDialogProps = {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  /** The kind in a sentence: "gateway". */
  readonly kind: string
  readonly name: string
  /** Counted consequences, what stays, and "This can't be undone." only if true. */
  readonly consequences: ReactNode
  /** Live use, such as "41,208 requests in the last hour". */
  readonly warning?: ReactNode
  /** Why it is refused, with links to the users; replaces the confirmation. */
  readonly refusal?: ReactNode
  /** Throw to keep the dialog open with the reason. */
  readonly onDelete: () => Promise<void>
}

/** Deleting asks for the name; nothing is removed by Enter alone. */
export function DeleteDialog(props: DeleteDialogProps) {
  const { open, onOpenChange, kind, name, consequences, refusal } = props
  const t = useTranslations('kit')
  const input = useRef<HTMLInputElement>(null)
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('delete.title', { kind, name })}
      description={refusal ? undefined : consequences}
      {...(refusal ? {} : { initialFocus: input })}
    >
      {refusal ? (
        <>
          <div className="text-control text-ink-2">{refusal}</div>
          <div className="mt-5 flex justify-end">
            <Button onClick={() => onOpenChange(false)}>{t('delete.keep', { kind })}</Button>
          </div>
        </>
      ) : (
        <Confirmation {...props} inputRef={input} />
      )}
    </Dialog>
  )
}

type ConfirmationProps = DeleteDialogProps & { readonly inputRef: React.RefObject<HTMLInputElement | null> }

function Confirmation({ onOpenChange, kind, name, warning, onDelete, inputRef }: ConfirmationProps) {
  const t = useTranslations('kit')
  const id = useId()
  const sentence = useSentences()
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const matches = typed.trim() === name
  const problem = problemOf(failure)
  const submit = async () => {
    if (!matches || busy) return
    setBusy(true)
    try {
      await onDelete()
      onOpenChange(false)
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {warning ? (
        <div className="mb-4">
          <Callout tone="bad">{warning}</Callout>
        </div>
      ) : null}
      <label htmlFor={id} className="mb-[5px] block text-control font-medium">
        {t.rich('delete.type', { name: () => <code className="font-mono">{name}</code> })}
      </label>
      <Input ref={inputRef} id={id} mono value={typed} onChange={(event) => setTyped(event.target.value)} />
      {failure === null ? null : (
        <div role="alert" className="mt-3 text-control text-bad-text">
          {problem ? sentence(problem.detail) : t('error.unanswered')}
          {problem?.requestId ? <RequestId value={problem.requestId} /> : null}
        </div>
      )}
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={() => onOpenChange(false)}>{t('delete.keep', { kind })}</Button>
        <Button
          type="submit"
          variant="danger"
          loading={busy}
          disabledReason={matches ? undefined : t('delete.typeFirst')}
        >
          {t('delete.confirm', { kind })}
        </Button>
      </div>
    </form>
  )
}
