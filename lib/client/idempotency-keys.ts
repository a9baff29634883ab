import { ulid } from '@/lib/platform/id.ts'
import { ConsoleApiError } from './console-api-error.ts'

/**
 * One key for as long as the same input goes unanswered, so a double click or a retry after a lost answer
 * never creates two objects, and a new key once the console has decided or the input has changed.
 */
export class IdempotencyKeys {
  #pending: { readonly input: string; readonly key: string } | null = null

  keyFor(input: unknown): string {
    const text = JSON.stringify(input) ?? ''
    if (this.#pending?.input !== text) this.#pending = { input: text, key: ulid(Date.now()) }
    return this.#pending.key
  }

  settle(error: unknown): void {
    const undecided = error instanceof ConsoleApiError && (error.status === 0 || error.status >= 500)
    if (!undecided) this.#pending = null
  }
}
