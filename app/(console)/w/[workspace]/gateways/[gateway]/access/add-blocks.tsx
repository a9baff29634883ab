'use client'

import { useId, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { Button } from '@/components/ui/button.tsx'
import { Input, Textarea } from '@/components/ui/input.tsx'
import {
  blockOfAddress,
  readWritten,
  repairAll,
  repairWritten,
  type WhitelistChange,
} from '@/lib/client/gateway-whitelist.ts'
import type { Whitelist } from '@/lib/domain/whitelist.ts'
import { BlockChips } from './block-chips.tsx'
import { OwnAddress } from './own-address.tsx'
import { noteMax } from './whitelist-note.tsx'

interface AddBlocksProps {
  readonly list: Whitelist
  /** Resolves when the console answered, refused or not. */
  readonly onAdd: (change: WhitelistChange) => Promise<void>
}

/** Blocks by comma or line, each judged as it is written, and added together. */
export function AddBlocks({ list, onAdd }: AddBlocksProps) {
  const t = useTranslations('gateway-access')
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const [written, setWritten] = useState('')
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const listed = list.items.map(({ cidr }) => cidr)
  const reading = readWritten(written, listed)
  const total = listed.length - reading.replaces.length + reading.valid.length
  const complaint = complaintOf(reading.acceptable, total)

  function complaintOf(acceptable: boolean, count: number): string | undefined {
    if (count > list.max) return t('tooMany', { max: list.max, over: count - list.max })
    if (!tried || acceptable) return undefined
    return written.trim() === '' ? t('writeBlock') : t('repairFirst')
  }

  const submit = async () => {
    setTried(true)
    if (!reading.acceptable || total > list.max) {
      area.current?.focus()
      return
    }
    setBusy(true)
    await onAdd({ add: reading.valid.map((cidr) => ({ cidr, note: note.trim() })), remove: reading.replaces })
    setBusy(false)
  }
  const label =
    reading.replaces.length > 0
      ? t('replaceSubmit', { cidrs: reading.replaces.join(', '), count: reading.valid.length })
      : t('addSubmit', { count: reading.valid.length })

  return (
    <form
      aria-label={t('addBlocks')}
      className="mt-5 max-w-[680px]"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <FieldFrame
        id={id}
        className="max-w-none"
        label={t('addBlocks')}
        aside={t('used', { count: listed.length, max: list.max })}
        help={t('separate')}
        error={complaint}
      >
        <Textarea
          ref={area}
          id={id}
          mono
          value={written}
          placeholder={'192.0.2.0/24, 2001:db8::/32'}
          aria-invalid={complaint === undefined ? undefined : true}
          aria-describedby={`${id}-note ${id}-chips`}
          onChange={(event) => setWritten(event.target.value)}
        />
        <div id={`${id}-chips`}>
          <BlockChips
            examined={reading.examined}
            onRepair={(index, repaired) => setWritten(repairWritten(written, index, repaired))}
            onRepairAll={() => setWritten(repairAll(written, listed))}
          />
        </div>
      </FieldFrame>
      <OwnAddress
        list={list}
        onAdd={(address) => {
          const block = blockOfAddress(address)
          if (block !== null)
            setWritten((text) => (text.trim() === '' ? block : `${text.trimEnd()}\n${block}`))
        }}
      />
      {reading.examined.length > 0 ? (
        <FieldFrame
          id={`${id}-label`}
          className="mt-3"
          label={t('columns.note')}
          optional
          aside={`${[...note].length} / ${noteMax}`}
        >
          <Input
            id={`${id}-label`}
            value={note}
            maxLength={noteMax}
            placeholder={t('notePlaceholder')}
            onChange={(event) => setNote(event.target.value)}
          />
        </FieldFrame>
      ) : null}
      <div className="mt-3 flex flex-wrap gap-2">
        <Button type="submit" variant="primary" loading={busy}>
          {label}
        </Button>
        {written === '' ? null : (
          <Button
            variant="quiet"
            onClick={() => {
              setWritten('')
              setTried(false)
            }}
          >
            {t('clear')}
          </Button>
        )}
      </div>
    </form>
  )
}
