import * as z from 'zod'
import { LineJournal, parseLine } from '@/lib/counters/line-journal.ts'
import type { JobBook } from './job-book.ts'

const formatVersion = 1
const headForm = z.object({ format: z.literal(formatVersion), holds: z.literal('jobs') })
/** API, name, service */
const lineForm = z.tuple([z.string(), z.string(), z.string()])

/** Keeps over restarts which service has what. Whatever cannot be read is not known. */
export class JobJournal extends LineJournal {
  /** Fills the book at once. */
  constructor(file: string, book: JobBook, onTrouble: (reason: string) => void) {
    let learned: string[] = []
    const kept = {
      head: () => JSON.stringify({ format: formatVersion, holds: 'jobs' }),
      all: () => book.rows().map((row) => JSON.stringify(row)),
      takeChanged: () => {
        const taken = learned
        learned = []
        return taken
      },
      load: (head: string, lines: readonly string[]) => {
        if (!headForm.safeParse(parseLine(head)).success) return false
        for (const text of lines) restore(book, text)
        return true
      },
    }
    super({ file, what: 'book of jobs', kept, onTrouble })
    book.onLearned = (row) => learned.push(JSON.stringify(row))
  }
}

function restore(book: JobBook, text: string): void {
  const { data } = lineForm.safeParse(parseLine(text))
  if (data !== undefined) book.remember(data[0], [data[1]], data[2])
}
