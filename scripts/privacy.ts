// `npm run privacy`: what is held on one person. Where the data folder is named, at the province; where a
// kiosk's configuration is named, in that machine.
import { readFileSync } from 'node:fs'

const args = process.argv.slice(2)
const readId = () => readFileSync(0, 'utf8')
const clock = () => new Date()
const isKiosk = args.some((arg) => arg === '--config' || arg.startsWith('--config='))
const { exitCode, text } = isKiosk
  ? await (await import('../src/main/core/privacy-command.ts')).kioskPrivacy(args, {
      clock,
      readId,
    })
  : await (await import('../src/province/privacy/privacy-command.ts')).provincePrivacy(args, {
      clock,
      readId,
    })
const out = exitCode === 0 ? process.stdout : process.stderr
out.write(text)
process.exitCode = exitCode
