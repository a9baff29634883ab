import * as z from 'zod'
import { LineJournal, parseLine } from '@/lib/counters/line-journal.ts'
import type { KeptCount, LimitBook } from './limit-book.ts'
import { limitSpans } from './limit-span.ts'

const formatVersion = 1
const headForm = z.object({ format: z.literal(formatVersion), salt: z.string().min(1) })
/** rule, span, value, whether callers choose the value, count */
const lineForm = z.tuple([
  z.string(),
  z.enum(limitSpans),
  z.string(),
  z.boolean(),
  z.array(z.number().min(0)),
])

/** Keeps what a book counts over restarts. Whatever cannot be read counts from nothing. */
export class LimitJournal extends LineJournal {
  /** Fills the book at once. */
  constructor(file: string, book: LimitBook, onTrouble: (reason: string) => void) {
    const kept = {
      head: () => JSON.stringify({ format: formatVersion, salt: book.salt }),
      all: () => book.kept().map(lineOf),
      takeChanged: () => book.takeChanged().map(lineOf),
      load: (head: string, lines: readonly string[]) => {
        const { data } = headForm.safeParse(parseLine(head))
        if (data === undefined) return false
        book.salt = data.salt
        for (const text of lines) restore(book, text)
        return true
      },
    }
    super({ file, what: 'book of limits', kept, onTrouble })
  }
}

function restore(book: LimitBook, text: string): void {
  const { data } = lineForm.safeParse(parseLine(text))
  if (data === undefined) return
  const [rule, span, value, isOpen, count] = data
  book.restore({ rule, span, value, isOpen, count })
}

function lineOf({ rule, span, value, isOpen, count }: KeptCount): string {
  return JSON.stringify([rule, span, value, isOpen, count])
}
