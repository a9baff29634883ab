import type { CounterChannel } from '@/lib/counters/channel-permit-source.ts'
import { ChannelJobSource } from '@/lib/counters/jobs/channel-job-source.ts'
import { JobBook } from '@/lib/counters/jobs/job-book.ts'
import { JobJournal } from '@/lib/counters/jobs/job-journal.ts'
import type { JobSource } from '@/lib/counters/jobs/job-source.ts'
import type { Logger } from '@/lib/platform/logger.ts'

export interface NodeJobs {
  readonly source: JobSource
  close(): void
}

/** Asks whoever is at the other end of the channel; a node without one keeps its own book, in a file. */
export function openNodeJobs(channel: CounterChannel | undefined, file: string, logger: Logger): NodeJobs {
  if (channel !== undefined) {
    const onChange = (isAway: boolean) =>
      isAway
        ? logger.warn({}, 'the keeper of jobs does not answer; this node goes by what it has seen itself')
        : logger.info({}, 'the keeper of jobs answers again')
    const source = new ChannelJobSource({ channel, onChange })
    return { source, close: () => source.close() }
  }
  const source = new JobBook()
  const journal = new JobJournal(file, source, (reason) =>
    logger.error({ reason }, 'which service has which job is not kept; a restart will not know it'),
  )
  return { source, close: () => journal.close() }
}
