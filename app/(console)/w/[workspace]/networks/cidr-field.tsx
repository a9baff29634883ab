'use client'

import type { ReactNode } from 'react'
import { type FieldValues, type Path, useFormContext, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { TextField } from '@/components/form/text-field.tsx'
import { Button } from '@/components/ui/button.tsx'
import { readCidr } from '@/lib/domain/cidr.ts'

interface CidrFieldProps {
  readonly name: string
  readonly label: ReactNode
  readonly help?: ReactNode
  readonly className?: string
  /** Offered while the field is empty or holds something else. */
  readonly suggestion?: string | null
}

/** An address block. What was nearly right, or is free, is one press away. */
export function CidrField({ name, label, help, className, suggestion = null }: CidrFieldProps) {
  const t = useTranslations('networks')
  const { control, setValue, setFocus } = useFormContext<FieldValues>()
  const written = String(useWatch({ control, name: name as Path<FieldValues> }) ?? '')
  const offer = meant(written) ?? (suggestion === written.trim() ? null : suggestion)
  const take = (block: string) => {
    setValue(name, block, { shouldDirty: true, shouldValidate: true, shouldTouch: true })
    setFocus(name)
  }
  return (
    <div className={className}>
      <TextField name={name} label={label} help={help} mono />
      {offer === null ? null : (
        <Button size="sm" className="mt-1.5" onClick={() => take(offer)}>
          {t.rich('useBlock', { block: () => <span className="font-mono">{offer}</span> })}
        </Button>
      )}
    </div>
  )
}

/** `10.1.2.3/8` and `10.1.2.3` mean a block; null when the text already is one, or none. */
function meant(written: string): string | null {
  const reading = readCidr(written)
  return reading.ok && reading.fixedFrom !== null ? reading.cidr.text : null
}
