'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { FailureText } from '@/components/feedback/failure-text.tsx'
import { IconButton } from '@/components/ui/icon-button.tsx'
import type { ActionFailure } from './use-service-actions.ts'

type ActionFailuresProps = { readonly failures: readonly ActionFailure[]; readonly onClose: () => void }

/** Which services an act failed for, and why, one by one. */
export function ActionFailures({ failures, onClose }: ActionFailuresProps) {
  const t = useTranslations('inference-services.actions')
  const kit = useTranslations('kit')
  if (failures.length === 0) return null
  return (
    <div className="pb-3">
      <Callout tone="bad" action={<IconButton icon={X} label={kit('close')} onClick={onClose} />}>
        <ul className="flex flex-col gap-1">
          {failures.map(({ name, act, error }) => (
            <li key={`${act} ${name}`}>
              <span className="font-medium">{t(`${act}Failed`, { name })}</span>
              <FailureText error={error} />
            </li>
          ))}
        </ul>
      </Callout>
    </div>
  )
}
