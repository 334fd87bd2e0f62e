import { en } from './en/index.ts'
import { flat } from './flat.ts'
import { km } from './km/index.ts'
import { vi } from './vi/index.ts'

const cell = (text = '') => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** Every Khmer text beside the Vietnamese and English that it stands for: what a native speaker reads through. */
export function khmerReview(): string {
  const [vietnamese, english, khmer] = [flat(vi), flat(en), flat(km)]
  const rows = Object.keys(khmer).map(
    (key) =>
      `| \`${key}\` | ${cell(vietnamese[key])} | ${cell(english[key])} | ${cell(khmer[key])} |`,
  )
  return `# Khmer, for review by a native speaker

**Not yet reviewed.** A production configuration that lists \`km\` is refused until \`nativeReviewed\` names it too.
Slips have their Khmer in \`src/main/printing/slip-texts.json\`, SMS in \`src/province/texts/sms.ts\`,
the page of last resort in \`src/main/shell/stopped-texts.json\`, which shows it whatever languages are configured.

| Key | Tiếng Việt | English | ភាសាខ្មែរ |
| --- | --- | --- | --- |
${rows.join('\n')}
`
}
