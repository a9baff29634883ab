'use client'

import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import { CodeBlock } from '@/components/ui/code-block.tsx'
import type { ApiToken } from '@/lib/domain/api-token.ts'

interface CreatedTokenProps {
  readonly workspace: string | null
  readonly token: ApiToken
  readonly onClose: () => void
}

export function CreatedToken({ workspace, token, onClose }: CreatedTokenProps) {
  const t = useTranslations('settings.tokens')
  const done = useRef<HTMLButtonElement>(null)
  const secret = token.token ?? ''
  const path =
    workspace === null ? '/api/v1/workspaces' : `/api/v1/workspaces/${workspace}/inference-services`
  const example = `curl ${window.location.origin}${path} \\\n  -H 'Authorization: Bearer ${secret}'`
  return (
    <div className="flex flex-col gap-4">
      <CodeBlock code={secret} language="text" name={t('token')} />
      <CodeBlock code={example} language="bash" name={t('example')} />
      <div className="flex justify-end">
        <Button ref={done} variant="primary" onClick={onClose}>
          {t('done')}
        </Button>
      </div>
    </div>
  )
}
