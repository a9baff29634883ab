'use client'

import { Eye, EyeOff } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { FieldValues } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { IconButton } from '@/components/ui/icon-button.tsx'
import { Input } from '@/components/ui/input.tsx'
import { FieldFrame } from './field-frame.tsx'
import { type FieldBaseProps, useField } from './use-field.ts'

type SecretFieldProps<V extends FieldValues> = FieldBaseProps<V> & {
  readonly label: string
  /** A value is already stored: empty means "keep it". */
  readonly saved?: boolean
  /** `current-password`, `new-password`, or `off` for keys. */
  readonly autoComplete?: string
  readonly placeholder?: string
  readonly aside?: ReactNode
}

/** Write-only text: shown while the eye is open, never read back from the server. */
export function SecretField<V extends FieldValues>(props: SecretFieldProps<V>) {
  const {
    label,
    saved,
    autoComplete = 'off',
    help,
    optional,
    disabled,
    className,
    placeholder,
    aside,
  } = props
  const t = useTranslations('kit')
  const [visible, setVisible] = useState(false)
  const note = help ?? (saved ? t('secret.saved') : undefined)
  const { id, field, error, attributes } = useField({ ...props, help: note })
  return (
    <FieldFrame
      id={id}
      label={label}
      optional={optional}
      help={note}
      error={error}
      className={className}
      aside={aside}
    >
      <div className="relative">
        <Input
          {...attributes}
          id={id}
          ref={field.ref}
          name={field.name}
          type={visible ? 'text' : 'password'}
          autoComplete={autoComplete}
          mono={visible}
          value={String(field.value ?? '')}
          onChange={field.onChange}
          onBlur={field.onBlur}
          disabled={disabled}
          placeholder={placeholder}
          className="pr-9"
        />
        <IconButton
          icon={visible ? EyeOff : Eye}
          label={visible ? t('secret.hide', { name: label }) : t('secret.reveal', { name: label })}
          aria-pressed={visible}
          aria-controls={id}
          className="absolute! right-0.5 top-1/2 -translate-y-1/2"
          onClick={() => setVisible(!visible)}
        />
      </div>
    </FieldFrame>
  )
}
