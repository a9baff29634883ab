'use client'

import { createContext, useContext } from 'react'
import { useTranslations } from 'use-intl'
import type * as z from 'zod'

/** Turns a sentence of a schema or of the server into the reader's language; the identity when it has none. */
export type SentenceTranslator = (sentence: string) => string

const SentenceContext = createContext<SentenceTranslator>((sentence) => sentence)

export const SentenceProvider = SentenceContext.Provider

export function useSentences(): SentenceTranslator {
  return useContext(SentenceContext)
}

type IssueText = (issue: z.core.$ZodRawIssue) => string

/** The sentences for what schemas leave unsaid, in the reader's language. */
export function useIssueText(): IssueText {
  const t = useTranslations('kit')
  return (issue) => {
    if (issue.code === 'too_small') return tooSmall(t, issue)
    if (issue.code === 'too_big') {
      const max = Number(issue.maximum)
      return issue.origin === 'string' ? t('invalid.longer', { max }) : t('invalid.above', { max })
    }
    if (issue.code === 'invalid_type' && (issue.input === undefined || issue.input === null)) {
      return t('invalid.missing')
    }
    if (issue.code === 'invalid_format' && issue.format === 'email') return t('invalid.email')
    if (issue.code === 'invalid_type' && issue.expected === 'int') return t('invalid.whole')
    return t('invalid.other')
  }
}

function tooSmall(
  t: ReturnType<typeof useTranslations<'kit'>>,
  issue: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall>,
): string {
  const min = Number(issue.minimum)
  if (issue.origin === 'array') return t('invalid.fewer', { min })
  if (issue.origin !== 'string') return t('invalid.below', { min })
  return min <= 1 || issue.input === '' ? t('invalid.missing') : t('invalid.shorter', { min })
}
