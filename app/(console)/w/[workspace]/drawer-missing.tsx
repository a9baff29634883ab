'use client'

import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'

/** The address names something that is not in this workspace. */
export function DrawerMissing({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('objects')
  return (
    <>
      <p className="max-w-[52ch] text-body text-ink-2">{t('missing')}</p>
      <Button className="mt-4" onClick={onClose}>
        {t('backToList')}
      </Button>
    </>
  )
}
