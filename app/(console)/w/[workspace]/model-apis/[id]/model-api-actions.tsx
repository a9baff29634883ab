'use client'

import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import { ButtonLink } from '@/components/ui/button-link.tsx'
import { MenuItem, MenuSeparator, MoreMenu } from '@/components/ui/menu.tsx'
import { useWorkspace } from '../../use-workspace.ts'
import { duplicateModelApiHref, modelApiHref } from '../model-api-href.ts'
import { useModelApisRefusal } from '../use-model-apis-refusal.ts'
import { useSwitchModelApi } from '../use-switch-model-api.ts'
import { useModelApi } from './model-api-context.ts'

/** What the header of an API offers. */
export function ModelApiActions({ onDelete }: { readonly onDelete: () => void }) {
  const t = useTranslations('model-apis')
  const api = useModelApi()
  const { workspace } = useWorkspace()
  const refusal = useModelApisRefusal()
  const { toggle, busy } = useSwitchModelApi(api)
  return (
    <>
      {refusal === undefined ? (
        <ButtonLink href={modelApiHref(workspace, api.id, 'edit')} shortcut="e">
          {t('edit')}
        </ButtonLink>
      ) : (
        <Button disabledReason={refusal}>{t('edit')}</Button>
      )}
      <Button disabledReason={refusal} loading={busy} onClick={() => void toggle()}>
        {t(api.enabled ? 'disable' : 'enable')}
      </Button>
      <MoreMenu label={t('actionsFor', { name: api.name })}>
        <MenuItem href={duplicateModelApiHref(workspace, api.id)} disabledReason={refusal}>
          {t('duplicate')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger onSelect={onDelete} disabledReason={refusal}>
          {t('delete')}
        </MenuItem>
      </MoreMenu>
    </>
  )
}
