'use client'

import { Pencil } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import { IconButton } from '@/components/ui/icon-button.tsx'
import { Input } from '@/components/ui/input.tsx'
import { Popover } from '@/components/ui/popover.tsx'
import type { WhitelistBlock } from '@/lib/client/gateway-whitelist.ts'

export const noteMax = 60

interface WhitelistNoteProps {
  readonly block: WhitelistBlock
  /** Rejects when the console refused; the list says why. */
  readonly onSave: ((block: WhitelistBlock) => Promise<void>) | undefined
}

/** What a block is for, to be changed in place. */
export function WhitelistNote({ block, onSave }: WhitelistNoteProps) {
  const t = useTranslations('gateway-access')
  const [open, setOpen] = useState(false)
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      {block.note === '' ? (
        <span className="text-ink-3">—</span>
      ) : (
        <span className="[overflow-wrap:anywhere]">{block.note}</span>
      )}
      {onSave ? (
        <Popover
          open={open}
          onOpenChange={setOpen}
          title={t('noteOf', { cidr: block.cidr })}
          trigger={<IconButton icon={Pencil} label={t('editNote', { cidr: block.cidr })} className="-my-1" />}
        >
          <NoteForm block={block} onSave={onSave} onDone={() => setOpen(false)} />
        </Popover>
      ) : null}
    </span>
  )
}

interface NoteFormProps {
  readonly block: WhitelistBlock
  readonly onSave: (block: WhitelistBlock) => Promise<void>
  readonly onDone: () => void
}

function NoteForm({ block: { cidr, note }, onSave, onDone }: NoteFormProps) {
  const t = useTranslations('gateway-access')
  const id = useId()
  const [written, setWritten] = useState(note)
  const [busy, setBusy] = useState(false)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    await onSave({ cidr, note: written.trim() }).catch(() => undefined)
    onDone()
  }
  return (
    <form
      className="mt-2 flex w-[320px] max-w-full items-center gap-2"
      onSubmit={(event) => void save(event)}
    >
      <Input
        id={id}
        aria-label={t('noteOf', { cidr })}
        value={written}
        maxLength={noteMax}
        placeholder={t('notePlaceholder')}
        onChange={(event) => setWritten(event.target.value)}
      />
      <Button type="submit" variant="primary" loading={busy} className="shrink-0">
        {t('saveNote')}
      </Button>
    </form>
  )
}
