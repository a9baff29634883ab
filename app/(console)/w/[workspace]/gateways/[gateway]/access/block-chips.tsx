'use client'

import { clsx } from 'clsx'
import { useTranslations } from 'use-intl'
import { StatusGlyph, type StatusTone } from '@/components/feedback/status-glyph.tsx'
import { Button } from '@/components/ui/button.tsx'
import type { ExaminedBlock } from '@/lib/domain/whitelist.ts'

interface BlockChipsProps {
  readonly examined: readonly ExaminedBlock[]
  /** Null takes the entry out. */
  readonly onRepair: (index: number, repaired: string | null) => void
  readonly onRepairAll: () => void
}

const tones: Record<ExaminedBlock['state'], StatusTone> = {
  valid: 'ok',
  fixed: 'warn',
  duplicate: 'warn',
  contained: 'warn',
  invalid: 'bad',
}

/** What each written entry is, with its repair one press away. */
export function BlockChips({ examined, onRepair, onRepairAll }: BlockChipsProps) {
  const t = useTranslations('gateway-access')
  if (examined.length === 0) return null
  const repairable = examined.filter(({ state }) => state !== 'valid' && state !== 'invalid').length
  return (
    <div className="mt-2">
      <ul aria-label={t('written')} aria-live="polite" className="flex flex-wrap gap-1.5">
        {examined.map((block, index) => (
          <li
            // Entries have no identity but their place.
            key={String(index)}
            className={clsx(
              'flex flex-wrap items-center gap-x-1.5 rounded-ctl border px-2 py-0.5 text-meta',
              block.state === 'valid' ? 'border-line text-ink' : 'border-line-strong text-ink-2',
            )}
          >
            <StatusGlyph tone={tones[block.state]} />
            <code className="font-mono text-ink [overflow-wrap:anywhere]">{block.text}</code>
            <Verdict block={block} onRepair={(repaired) => onRepair(index, repaired)} />
          </li>
        ))}
      </ul>
      {repairable > 1 ? (
        <Button size="sm" className="mt-2" onClick={onRepairAll}>
          {t('repairAll', { count: repairable })}
        </Button>
      ) : null}
    </div>
  )
}

interface VerdictProps {
  readonly block: ExaminedBlock
  readonly onRepair: (repaired: string | null) => void
}

function Verdict({ block, onRepair }: VerdictProps) {
  const t = useTranslations('gateway-access')
  switch (block.state) {
    case 'valid':
      return <span className="sr-only">{t('verdicts.valid')}</span>
    case 'fixed':
      return (
        <>
          <span>{t(`verdicts.${block.why}`)}</span>
          <RepairButton
            label={t('useInstead', { cidr: block.cidr.text })}
            onPress={() => onRepair(block.cidr.text)}
          />
        </>
      )
    case 'duplicate':
      return (
        <>
          <span>{t('verdicts.duplicate')}</span>
          <RepairButton label={t('remove')} onPress={() => onRepair(null)} />
        </>
      )
    case 'contained':
      return (
        <>
          <span>{t('verdicts.contained', { by: block.by })}</span>
          <RepairButton label={t('remove')} onPress={() => onRepair(null)} />
        </>
      )
    case 'invalid':
      return (
        <>
          <span>{t('verdicts.invalid')}</span>
          <RepairButton label={t('remove')} onPress={() => onRepair(null)} />
        </>
      )
  }
}

function RepairButton({ label, onPress }: { readonly label: string; readonly onPress: () => void }) {
  return (
    <button type="button" className="min-h-6 text-accent-text underline underline-offset-2" onClick={onPress}>
      {label}
    </button>
  )
}
