import { join } from 'node:path'
import type { QueueRow } from '../../../contract/screens/operator.ts'
import { writeDurableFile } from '../../store/durable-file.ts'
import { privateFolder } from '../../store/private-folder.ts'

const columns = [
  'sequence',
  'key',
  'kind',
  'lane',
  'state',
  'attempts',
  'createdAt',
  'answer',
] as const satisfies readonly (keyof QueueRow)[]

/** RFC 4180; a cell that a spreadsheet would take for a formula begins with an apostrophe. */
export function queueCsv(rows: readonly QueueRow[]): string {
  const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(','))
  return [columns.join(','), ...lines, ''].join('\r\n')
}

function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value)
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Writes the queue to a file of its own, durable when it resolves. @returns its path */
export async function exportQueue(
  folder: string,
  rows: readonly QueueRow[],
  at: Date,
): Promise<string> {
  privateFolder(folder)
  const name = `outbox-${at.toISOString().replace(/[-:]|\.\d+/g, '')}.csv`
  const file = join(folder, name)
  await writeDurableFile(file, queueCsv(rows))
  return file
}
