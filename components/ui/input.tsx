import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { controlStyle } from './layer-style.ts'

type InputProps = ComponentProps<'input'> & { readonly mono?: boolean }

export function Input({ mono = false, className, ...rest }: InputProps) {
  return (
    <input
      autoComplete="off"
      spellCheck={false}
      {...rest}
      className={clsx(controlStyle, 'read-only:bg-sunken', mono && 'font-mono', className)}
    />
  )
}

type TextareaProps = ComponentProps<'textarea'> & { readonly mono?: boolean }

export function Textarea({ mono = false, className, rows = 3, ...rest }: TextareaProps) {
  return (
    <textarea
      spellCheck={!mono}
      rows={rows}
      {...rest}
      className={clsx(
        controlStyle,
        'h-auto! block min-h-[52px] resize-y py-1.5 read-only:bg-sunken',
        mono && 'font-mono',
        className,
      )}
    />
  )
}
