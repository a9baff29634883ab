'use client'

import { useTranslations } from 'use-intl'
import { TextLink } from '@/components/ui/text-link.tsx'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { modelApiHref } from '../model-api-href.ts'
import { pluginAnchors, pluginNames } from './plugins/plugin-anchors.ts'

/** The plugins that a request passes, each leading to its settings. */
export function PluginsOn({ api }: { readonly api: ModelApi }) {
  const t = useTranslations('plugins')
  const { workspace } = useWorkspace()
  const href = modelApiHref(workspace, api.id, 'plugins')
  const on = pluginNames.filter((name) => api.plugins[name].enabled)
  if (on.length === 0) return <span className="text-ink-3">{t('none')}</span>
  return (
    <span className="flex flex-col items-start">
      {on.map((name) => (
        <TextLink key={name} plain href={`${href}#${pluginAnchors[name]}`} className="py-0.5">
          {t(`${name}.title`)}
        </TextLink>
      ))}
    </span>
  )
}
