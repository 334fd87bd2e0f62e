// Writes docs/khmer-review.md: `node scripts/write-khmer-review.ts`. A test holds it against the catalogues.
import { writeFileSync } from 'node:fs'
import { khmerReview } from '../src/renderer/i18n/khmer-review.ts'

writeFileSync(new URL('../docs/khmer-review.md', import.meta.url), khmerReview())
