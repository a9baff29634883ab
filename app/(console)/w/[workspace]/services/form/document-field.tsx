'use client'

import { Upload } from 'lucide-react'
import { type ChangeEvent, type DragEvent, useRef, useState } from 'react'
import type { FieldValues } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { useField } from '@/components/form/use-field.ts'
import { Button } from '@/components/ui/button.tsx'
import { Textarea } from '@/components/ui/input.tsx'

interface DocumentFieldProps {
  readonly name: string
  readonly label: string
  readonly help?: string
  readonly optional?: boolean
  readonly placeholder?: string
  readonly rows?: number
  /** Drawn as dots. */
  readonly secret?: boolean
  /** One is stored: empty means "keep it". */
  readonly saved?: boolean
  /** File endings: `.json,.yaml`. */
  readonly accept: string
}

const bytesMax = 262_144

/** A document: typed, pasted, dropped as a file, or chosen as one. */
export function DocumentField(props: DocumentFieldProps) {
  const { name, label, optional, placeholder, rows = 6, secret = false, saved, accept } = props
  const t = useTranslations('services.form')
  const kit = useTranslations('kit')
  const help = props.help ?? (saved ? kit('secret.saved') : undefined)
  const { id, field, error, attributes } = useField<FieldValues>({ name, help })
  const picker = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const wrong = refused ?? error
  const take = async (file: File | undefined) => {
    if (file === undefined) return
    const tooLarge = file.size > bytesMax
    setRefused(tooLarge ? t('fileTooLarge', { name: file.name }) : null)
    if (!tooLarge) field.onChange(await file.text())
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files[0])
  }
  const drag = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setOver(true)
  }
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    void take(event.target.files?.[0])
    event.target.value = ''
  }
  return (
    <FieldFrame id={id} label={label} optional={optional} help={help} error={wrong} className="max-w-none">
      <Textarea
        {...attributes}
        aria-invalid={wrong === undefined ? undefined : true}
        aria-describedby={wrong === undefined && help === undefined ? undefined : `${id}-note`}
        id={id}
        ref={field.ref}
        name={field.name}
        mono
        rows={rows}
        autoComplete="off"
        placeholder={placeholder}
        value={String(field.value ?? '')}
        onChange={(event) => {
          setRefused(null)
          field.onChange(event.target.value)
        }}
        onBlur={field.onBlur}
        onDrop={drop}
        onDragOver={drag}
        onDragLeave={() => setOver(false)}
        className={`text-meta! ${secret && field.value ? '[-webkit-text-security:disc]' : ''} ${over ? 'border-accent! bg-accent-tint!' : ''}`}
      />
      <input
        ref={picker}
        type="file"
        accept={accept}
        aria-label={t('fileOf', { field: label })}
        tabIndex={-1}
        className="sr-only"
        onChange={choose}
      />
      <Button size="sm" icon={Upload} className="mt-2" onClick={() => picker.current?.click()}>
        {t('chooseFile')}
      </Button>
    </FieldFrame>
  )
}
