import { outboxCommand } from './outbox-command.ts'

const { exitCode, text } = outboxCommand(process.argv.slice(2))
const out = exitCode === 0 ? process.stdout : process.stderr
out.write(text)
process.exitCode = exitCode
