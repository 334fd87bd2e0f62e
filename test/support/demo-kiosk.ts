import { readFileSync } from 'node:fs'

interface DemoKiosk {
  readonly compartments: readonly { readonly number: number; readonly heightMm: number }[]
}

/** The configuration that every machine of the tests is built from. */
export const demoKiosk: DemoKiosk = JSON.parse(
  readFileSync(new URL('../../config/demo/kiosk.json', import.meta.url), 'utf8'),
)
