'use client'

import { useState } from 'react'
import { useController, useFormContext } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { useField } from '@/components/form/use-field.ts'
import { Textarea } from '@/components/ui/input.tsx'
import { splitBlocks } from '@/lib/domain/whitelist.ts'

/** In a form with `vswitchIds`: those of another workspace, whose lists are not to be seen here, by their ids. */
export function ForeignVSwitchesField({ label }: { readonly label: string }) {
  const t = useTranslations('gateway-access')
  const { control } = useFormContext<{ vswitchIds: string[] }>()
  const { id, error, attributes } = useField({ name: 'vswitchIds', control })
  const { field } = useController({ name: 'vswitchIds', control })
  const [text, setText] = useState(() => field.value.join('\n'))
  return (
    <FieldFrame id={id} label={label} help={t('vswitchIdsHelp')} error={error}>
      <Textarea
        {...attributes}
        id={id}
        ref={field.ref}
        mono
        value={text}
        placeholder="vsw_…"
        onBlur={field.onBlur}
        onChange={(event) => {
          setText(event.target.value)
          field.onChange(splitBlocks(event.target.value))
        }}
      />
    </FieldFrame>
  )
}
