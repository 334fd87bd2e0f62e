import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { provinceProtocol } from './openapi.ts'

it('is published as the schemas have it: npm run protocol', () => {
  const file = new URL('../../../docs/protocol/openapi.json', import.meta.url)
  const current: unknown = JSON.parse(JSON.stringify(provinceProtocol()))
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(current)
})
