'use client'

import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { TextLink } from '@/components/ui/text-link.tsx'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { newModelApiHref } from '../model-api-href.ts'
import { protocolName } from '../protocol-name.ts'

/** What the API is for and speaks; the use case of a new one can be chosen again. */
export function FormSubject({ api }: { readonly api: ModelApi | null }) {
  const t = useTranslations('model-apis.form')
  const names = useTranslations('model-apis.useCases')
  const { workspace } = useWorkspace()
  const [useCase, protocol] = useWatch<ModelApiFormValues, readonly ['useCase', 'protocol']>({
    name: ['useCase', 'protocol'],
  })
  return (
    <>
      {names(useCase)} · {protocolName(protocol)}
      {api === null ? (
        <>
          {' · '}
          <TextLink href={newModelApiHref(workspace)}>{t('useCaseChange')}</TextLink>
        </>
      ) : null}
    </>
  )
}
