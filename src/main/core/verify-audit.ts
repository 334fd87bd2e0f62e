import { verifyAuditCommand } from './verify-audit-command.ts'

const { exitCode, lines } = verifyAuditCommand(process.argv.slice(2))
const out = exitCode === 2 ? process.stderr : process.stdout
out.write(`${lines.join('\n')}\n`)
process.exitCode = exitCode
