'use client'

import { Upload } from 'lucide-react'
import { type ChangeEvent, type DragEvent, useRef, useState } from 'react'
import type { FieldValues, Path } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { useSentences } from '@/components/form/issue-text.ts'
import { useField } from '@/components/form/use-field.ts'
import { Button } from '@/components/ui/button.tsx'
import { Textarea } from '@/components/ui/input.tsx'

interface PemFieldProps {
  readonly name: string
  readonly label: string
  readonly help: string
  /** What the preview says against it. */
  readonly complaint: string | undefined
  /** Drawn as dots. */
  readonly secret?: boolean
  readonly onText: (text: string) => void
}

const bytesMax = 65_536

/** PEM text: typed, pasted, dropped as a file, or chosen as one. */
export function PemField({ name, label, help, complaint, secret = false, onText }: PemFieldProps) {
  const t = useTranslations('certificates.upload')
  const sentence = useSentences()
  const { id, field, error, attributes } = useField<FieldValues>({ name: name as Path<FieldValues>, help })
  const picker = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const own = complaint === undefined ? undefined : sentence(complaint)
  const wrong = refused ?? error ?? own
  const take = async (file: File | undefined) => {
    if (file === undefined) return
    const tooLarge = file.size > bytesMax
    setRefused(tooLarge ? t('fileTooLarge', { name: file.name }) : null)
    if (!tooLarge) onText(await file.text())
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
    <FieldFrame id={id} label={label} help={help} error={wrong} className="max-w-none">
      <Textarea
        {...attributes}
        aria-invalid={wrong === undefined ? undefined : true}
        aria-describedby={`${id}-note`}
        id={id}
        ref={field.ref}
        name={field.name}
        mono
        rows={5}
        autoComplete="off"
        value={String(field.value ?? '')}
        onChange={(event) => {
          setRefused(null)
          onText(event.target.value)
        }}
        onBlur={field.onBlur}
        onDrop={drop}
        onDragOver={drag}
        onDragLeave={() => setOver(false)}
        placeholder={secret ? '-----BEGIN PRIVATE KEY-----' : '-----BEGIN CERTIFICATE-----'}
        className={`text-meta! ${secret && field.value ? '[-webkit-text-security:disc]' : ''} ${over ? 'border-accent! bg-accent-tint!' : ''}`}
      />
      <input
        ref={picker}
        type="file"
        accept=".pem,.crt,.cer,.key,.txt"
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
