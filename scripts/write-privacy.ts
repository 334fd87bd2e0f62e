// Writes docs/privacy.md: `npm run privacy-page`. A test holds it against the table.
import { writeFileSync } from 'node:fs'
import { privacyPage } from '../src/contract/privacy/privacy-page.ts'

writeFileSync(new URL('../docs/privacy.md', import.meta.url), privacyPage())
