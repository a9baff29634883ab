'use client'

import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import { Checkbox } from '@/components/ui/checkbox.tsx'
import { Dialog } from '@/components/ui/dialog.tsx'
import { Textarea } from '@/components/ui/input.tsx'
import { Segmented } from '@/components/ui/segmented.tsx'
import { emptyRule, type RuleValues, rulesOfLines } from '@/lib/client/moderation-form.ts'

interface PasteRulesDialogProps {
  readonly present: readonly RuleValues[]
  readonly onAdd: (rules: readonly RuleValues[]) => void
  readonly onClose: () => void
}

const kinds = ['word', 'pattern'] as const
const actions = ['block', 'mask'] as const

/** Many rules of one kind from many lines; lines that are there already are left out. */
export function PasteRulesDialog({ present, onAdd, onClose }: PasteRulesDialogProps) {
  const t = useTranslations('plugins.moderation')
  const kit = useTranslations('kit')
  const id = useId()
  const [lines, setLines] = useState('')
  const [like, setLike] = useState<RuleValues>(emptyRule)
  const rules = rulesOfLines(lines, like, present)
  const add = () => {
    onAdd(rules)
    onClose()
  }
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={onClose}
      title={t('paste')}
      description={t('pasteNote')}
      footer={
        <>
          <Button onClick={onClose}>{kit('cancel')}</Button>
          <Button
            variant="primary"
            disabledReason={rules.length === 0 ? t('pasteNothing') : undefined}
            onClick={add}
          >
            {t('pasteAdd', { count: rules.length })}
          </Button>
        </>
      }
    >
      <label htmlFor={id} className="mb-[5px] block text-control font-medium">
        {t('lines')}
      </label>
      <Textarea id={id} mono rows={8} value={lines} onChange={(event) => setLines(event.target.value)} />
      <div className="mt-4 flex flex-wrap items-center gap-x-5 gap-y-3 text-control">
        <Segmented
          aria-label={t('kind')}
          items={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          value={like.kind}
          onValueChange={(kind) => setLike({ ...like, kind })}
        />
        <Segmented
          aria-label={t('action')}
          items={actions.map((value) => ({ value, label: t(`actions.${value}`) }))}
          value={like.action}
          onValueChange={(action) => setLike({ ...like, action })}
        />
        <label className="inline-flex items-center gap-2" htmlFor={`${id}-case`}>
          <Checkbox
            id={`${id}-case`}
            checked={like.isCaseSensitive}
            onCheckedChange={(isCaseSensitive) => setLike({ ...like, isCaseSensitive })}
          />
          {t('case')}
        </label>
        <label className="inline-flex items-center gap-2" htmlFor={`${id}-whole`}>
          <Checkbox
            id={`${id}-whole`}
            checked={like.wholeWord}
            onCheckedChange={(wholeWord) => setLike({ ...like, wholeWord })}
          />
          {t('whole')}
        </label>
      </div>
    </Dialog>
  )
}
