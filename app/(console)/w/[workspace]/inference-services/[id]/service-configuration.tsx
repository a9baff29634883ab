'use client'

import { useTranslations } from 'use-intl'
import { Section } from '@/components/page/section.tsx'
import { ButtonLink } from '@/components/ui/button-link.tsx'
import { CodeBlock } from '@/components/ui/code-block.tsx'
import { effectiveSpec } from '@/lib/client/effective-spec.ts'
import { useMay } from '@/lib/client/use-may.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import { serviceHref } from '../service-href.ts'

type ServiceConfigurationProps = { readonly workspace: string; readonly service: InferenceService }

export function ServiceConfiguration({ workspace, service }: ServiceConfigurationProps) {
  const t = useTranslations('inference-services.configuration')
  const mayWrite = useMay(workspace, 'inference-services.write')
  return (
    <Section title={t('title')} note={t('note')}>
      <CodeBlock
        name={t('name')}
        language="json"
        code={JSON.stringify(effectiveSpec(service), null, 2)}
        actions={
          mayWrite ? (
            <ButtonLink size="sm" variant="quiet" href={serviceHref(workspace, service.id, 'edit')}>
              {t('edit')}
            </ButtonLink>
          ) : null
        }
      />
    </Section>
  )
}
