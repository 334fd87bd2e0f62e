import type { Statement, Work } from './work.ts'

export interface Database {
  /** Outside a transaction: what others have committed by now. */
  read<T>(work: () => Work<T>): Promise<T>
  /** One transaction; durable when it resolves. What `work` throws rolls it back. */
  write<T>(work: () => Work<T>): Promise<T>
  /**
   * As `write`, for work that relies on unique keys alone and locks nothing against its like: others that arrive
   * meanwhile may share its transaction, and its commit. `key`: the one it stands or falls with.
   */
  append<T>(key: string, work: () => Work<T>): Promise<T>
  close(): Promise<void>
}

/** Nothing was stored, as far as is known; the same may work later. */
export class StoreBusyError extends Error {}

/** A text that no store can hold. Web and protocol answer 400. */
export class UnfitTextError extends Error {
  readonly statusCode = 400
}

/** PostgreSQL holds no NUL character in a text; so that both stores take the same, SQLite gets none either. */
export function checkTexts({ values }: Statement): void {
  for (const value of values) {
    if (typeof value === 'string' && value.includes('\0')) {
      throw new UnfitTextError('a text contains the NUL character')
    }
  }
}
