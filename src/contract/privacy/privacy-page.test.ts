import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { privacyPage } from './privacy-page.ts'

it('is published as the table has it: npm run privacy-page', () => {
  const file = new URL('../../../docs/privacy.md', import.meta.url)
  expect(readFileSync(file, 'utf8')).toBe(privacyPage())
})
