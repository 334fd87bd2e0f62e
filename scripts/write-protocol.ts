/** Writes `docs/protocol/openapi.json` from the schemas that both ends use. */
import { writeFileSync } from 'node:fs'
import { provinceProtocol } from '../src/contract/province/openapi.ts'

const file = new URL('../docs/protocol/openapi.json', import.meta.url)
writeFileSync(file, `${JSON.stringify(provinceProtocol(), undefined, 2)}\n`)
