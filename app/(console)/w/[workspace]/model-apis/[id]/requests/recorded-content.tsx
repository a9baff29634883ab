'use client'

import { useTranslations } from 'use-intl'
import { CodeBlock } from '@/components/ui/code-block.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import type { RecordedBody } from '@/lib/domain/request-record.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { modelApiHref } from '../../model-api-href.ts'
import { useModelApi } from '../model-api-context.ts'

interface RecordedContentProps {
  readonly body: RecordedBody
  readonly kind: 'request' | 'response'
}

/** What was said, or why it is not here. */
export function RecordedContent({ body, kind }: RecordedContentProps) {
  const t = useTranslations('requests.content')
  const format = useFormat()
  if (body.state !== 'recorded') return <Absent state={body.state} />
  return (
    <>
      <CodeBlock code={readable(body)} language="json" name={t(kind)} />
      <p className="mt-1.5 text-meta text-ink-3">
        {format.bytes(body.bytes)}
        {body.isCut ? ` · ${t('cut')}` : ''}
        {body.encoding === 'base64' ? ` · ${t('base64')}` : ''}
      </p>
    </>
  )
}

function Absent({ state }: { readonly state: Exclude<RecordedBody['state'], 'recorded'> }) {
  const t = useTranslations('requests.content')
  const { workspace, may } = useWorkspace()
  const api = useModelApi()
  return (
    <p className="text-control text-ink-2">
      {t(state)}{' '}
      {state === 'not-recorded' && may('model-apis.write') ? (
        <TextLink href={modelApiHref(workspace, api.id, 'edit')}>{t('settings')}</TextLink>
      ) : null}
    </p>
  )
}

/** JSON that is whole is laid out; anything else is shown as it came. */
function readable({ content, encoding, isCut }: RecordedBody & { readonly state: 'recorded' }): string {
  if (encoding === 'base64' || isCut) return content
  try {
    return JSON.stringify(JSON.parse(content), null, 2)
  } catch {
    return content
  }
}
