import { verifySlipCommand } from './verify-slip-command.ts'

const { exitCode, lines } = verifySlipCommand(process.argv.slice(2))
const out = exitCode === 2 ? process.stderr : process.stdout
out.write(`${lines.join('\n')}\n`)
process.exitCode = exitCode
