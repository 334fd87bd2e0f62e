import type { HeldData, HeldForm, Keep } from './held-data.ts'
import { kioskHeld } from './kiosk-held.ts'
import { provinceHeld } from './province-held.ts'

const formWords: Readonly<Record<HeldForm, string>> = {
  sealed: 'sealed to the province',
  keyedHash: 'keyed hash',
  staff: 'open; of staff only',
  none: 'open; of nobody',
}

/** `docs/privacy.md`. */
export function privacyPage(): string {
  return `# What is kept about people

Written from \`src/contract/privacy\` by \`npm run privacy-page\`: not to be edited here. The jobs that forget read their
days from the same table, and a test fails when either database has a table that does not stand in it.

**Sealed** is encrypted (age, X25519) with the province's public key: the machine itself cannot read it again. **Keyed
hash** is an HMAC whose key the TPM or the operating system holds, so that nobody who carries the disk away can try out
numbers. Erased means overwritten with nothing: SQLite zeroes what it frees; PostgreSQL does with its next vacuum.

## In the machine

${tableOf(Object.values(kioskHeld))}

## At the province

${tableOf(Object.values(provinceHeld))}

## Somebody asks what is held about them

\`\`\`sh
# at the province, where the key is: what it holds, written out, or erased
npm run -s privacy -- find - --data /var/lib/motcua-province --by quanly --case 12/2026
npm run -s privacy -- find - --data … --by quanly --case 12/2026 --export /root/case-12
npm run -s privacy -- find - --data … --by quanly --case 12/2026 --erase

# in the machine, with its service stopped
npm run -s privacy -- find - --config /etc/motcua/kiosk.json --by quanly --case 12/2026
\`\`\`

\`-\` reads the ID number (or, at the province, a phone number) from standard input, so that it stands neither in the list
of processes nor in the shell's history; it can also be written in place of \`-\`. \`--database postgres://…\` as for the
province itself. \`--by\` names a manager of the province.

- The **province** opens every sealed dossier with its key and compares. It finds dossiers by the ID number of applicant or
  owner and by phone, and messages by the phones of what it found. \`--export\` makes a new folder (0700) with
  \`person.json\` and one PDF for each dossier with scanned pages.
- The **machine** cannot read what it sealed: it finds dossiers by the keyed hash of the ID number, and tells or erases what
  it holds of them.
- A dossier that is still being dealt with is not erased, nor one that an official system has not got yet, nor anything in
  a machine without the province's receipt; the tool says so for each.
- Numbers, codes, times and receipts stay: they name nobody.
- Every use is on record before anything is shown: at the province in the access log, in the machine in the audit chain,
  with the case's number and never with the person's.
`
}

const head = ['what', 'where', 'form', 'why', 'how long']

function tableOf(rows: readonly HeldData[]): string {
  const cells = rows.map(({ tables, files = [], what, form, why, keep }) => [
    what,
    [...tables.map((table) => `\`${table}\``), ...files].join(', '),
    formWords[form],
    why,
    keepWords(keep),
  ])
  const widths = head.map((title, column) =>
    Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)),
  )
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const rule = widths.map((width) => '-'.repeat(width))
  return [head, rule, ...cells].map(line).join('\n')
}

function keepWords(keep: Keep): string {
  if ('days' in keep) return `**${keep.days} days** since ${keep.since}`
  if ('until' in keep) return `until ${keep.until}`
  return `for good: ${keep.forGood}`
}
